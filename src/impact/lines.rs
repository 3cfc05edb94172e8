//! A stream of bytes cut into lines, however long the stream is.

use std::io::{BufRead, ErrorKind, Result};

use crate::limits::MAX_CASE_LINE;

/// The lines of a stream. Of a line that is too long, or that is not UTF-8, only its number is given: what comes after it
/// is still read.
///
/// ```
/// use leidraad::impact::{Line, Lines};
/// let mut lines = Lines::new("{}\n\nlast".as_bytes());
/// assert_eq!(lines.next_line().unwrap(), Some(Line { number: 1, text: Ok("{}") }));
/// assert_eq!(lines.next_line().unwrap(), Some(Line { number: 2, text: Ok("") }));
/// assert_eq!(lines.next_line().unwrap(), Some(Line { number: 3, text: Ok("last") }));
/// assert_eq!(lines.next_line().unwrap(), None);
/// ```
#[derive(Debug)]
pub struct Lines<R> {
    from: R,
    number: u64,
    buffer: Vec<u8>,
    /// Bytes read so far.
    read: u64,
}

/// One line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line<'l> {
    /// Its number, from 1.
    pub number: u64,
    /// Its text without the end of the line, or what is wrong with it.
    pub text: std::result::Result<&'l str, String>,
}

impl<R: BufRead> Lines<R> {
    /// The lines of a stream.
    pub fn new(from: R) -> Lines<R> {
        Lines { from, number: 0, buffer: Vec::new(), read: 0 }
    }

    /// How many bytes were read.
    pub fn bytes(&self) -> u64 {
        self.read
    }

    /// The next line; none at the end.
    ///
    /// # Errors
    /// As reading the stream.
    pub fn next_line(&mut self) -> Result<Option<Line<'_>>> {
        self.buffer.clear();
        let mut long = false;
        let mut any = false;
        loop {
            let found = match self.from.fill_buf() {
                Ok(found) => found,
                Err(error) if error.kind() == ErrorKind::Interrupted => continue,
                Err(error) => return Err(error),
            };
            if found.is_empty() {
                break;
            }
            any = true;
            let end = found.iter().position(|byte| *byte == b'\n');
            let piece = found.get(..end.unwrap_or(found.len())).unwrap_or_default();
            // one byte more than fits, so that the line is seen to be too long
            let room = (MAX_CASE_LINE + 2).saturating_sub(self.buffer.len());
            long |= piece.len() > room;
            self.buffer.extend_from_slice(piece.get(..piece.len().min(room)).unwrap_or_default());
            let used = piece.len() + usize::from(end.is_some());
            self.from.consume(used);
            self.read += used as u64;
            if end.is_some() {
                break;
            }
        }
        if !any {
            return Ok(None);
        }
        self.number += 1;
        let mut line = self.buffer.as_slice();
        if self.number == 1 {
            line = line.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(line);
        }
        line = line.strip_suffix(b"\r").unwrap_or(line);
        let text = if long || line.len() > MAX_CASE_LINE {
            Err(format!("the line is longer than {MAX_CASE_LINE} bytes"))
        } else {
            std::str::from_utf8(line).map_err(|_| "the line is not UTF-8".to_owned())
        };
        Ok(Some(Line { number: self.number, text }))
    }
}
