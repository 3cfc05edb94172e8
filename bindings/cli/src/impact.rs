//! `leidraad impact`: what a change of rules means for a file of cases.
//!
//! One thread reads lines and hands them out in chunks, the others judge them. What waits is bounded, so a file may be as
//! long as it likes.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter, Write, stdin};
use std::num::NonZero;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Mutex, PoisonError};
use std::thread::{available_parallelism, scope};

use indicatif::{ProgressBar, ProgressStyle};
use leidraad::impact::{Counter, Impact, ImpactReport, Lines, RefusedLine};
use leidraad::limits::MAX_CASE_LINE;

use crate::args::{Document, Given, ImpactArgs};
use crate::choose::chosen;
use crate::compare::{known_decisions, scope as decisions};
use crate::evaluate::print_json;
use crate::files::cannot_read;
use crate::inputs::spared;
use crate::output::{Failure, print, print_exact};
use crate::save::cannot_write;

/// Bytes of a chunk before it is handed out.
const CHUNK: usize = 1 << 20;

/// Some lines that follow each other.
struct Chunk {
    /// Its place among the chunks.
    place: usize,
    /// The number of its first line.
    first: u64,
    /// The lines with their ends; those that could not be read are empty.
    text: String,
    /// Lines that could not be read, and why.
    broken: Vec<(u64, String)>,
}

pub(crate) fn run(arguments: &ImpactArgs) -> Result<ExitCode, Failure> {
    let ImpactArgs { rules, authority, from, to, cases, decision, every, refused, format } = arguments;
    let given = Given { authority: authority.clone(), on: None, answers: None };
    let found = chosen(rules, &given)?;
    let program = |on| match &found.authority {
        Some(code) => found.rules.for_authority(code).and_then(|own| own.on(on)),
        None => found.rules.on(on),
    };
    let (old, new) = (program(*from)?, program(*to)?);
    let wanted = decisions(decision, *every);
    known_decisions(&[&old, &new], &wanted)?;
    let (source, size) = open(cases)?;
    spared(refused.as_deref(), found.files.iter().chain([cases]))?;
    let list = refused.as_deref().map(Listed::new).transpose()?;
    let report = judge(&Impact::new(&old, &new, &wanted), source, size, list)?;
    match format {
        Document::Text => print(&report.to_string())?,
        Document::Md => print_exact(&report.markdown())?,
        Document::Json => print_json(&report)?,
    }
    Ok(if report.refused.lines > 0 { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

/// The lines of a file, or of standard input, and how many bytes they are, where that is known.
fn open(path: &Path) -> Result<(Box<dyn BufRead>, Option<u64>), Failure> {
    if path == Path::new("-") {
        return Ok((Box::new(BufReader::new(stdin())), None));
    }
    let failed = |error: std::io::Error| cannot_read(&path.display().to_string(), &error);
    let file = File::open(path).map_err(failed)?;
    let about = file.metadata().map_err(failed)?;
    if about.is_dir() {
        let failure = Failure::new(format!("`{}` is a directory", path.display()));
        return Err(failure.help("give a file with one case a line, or `-` for standard input"));
    }
    let size = about.is_file().then_some(about.len());
    Ok((Box::new(BufReader::with_capacity(CHUNK, file)), size))
}

fn judge(
    impact: &Impact<'_>,
    source: Box<dyn BufRead>,
    size: Option<u64>,
    list: Option<Listed>,
) -> Result<ImpactReport, Failure> {
    let threads = available_parallelism().map_or(1, NonZero::get);
    let (send, receive) = sync_channel::<Chunk>(2 * threads);
    let (receive, list) = (Mutex::new(receive), list.map(Mutex::new));
    let bar = progress(size);
    let (read, counters) = scope(|scope| {
        let work = || worker(impact.counter(), &receive, list.as_ref());
        let workers: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        let read = hand_out(source, send, &bar);
        let counters: Vec<_> = workers.into_iter().map(|worker| worker.join()).collect();
        (read, counters)
    });
    bar.finish_and_clear();
    read?;
    let mut sum = impact.counter();
    for counter in counters {
        let counter = counter.map_err(|_| Failure::new("a thread that judged cases broke off"))?;
        sum.merge(counter);
    }
    if let Some(list) = list {
        list.into_inner().unwrap_or_else(PoisonError::into_inner).finish()?;
    }
    Ok(impact.report(sum))
}

/// Reads lines and hands them out.
fn hand_out(source: Box<dyn BufRead>, send: SyncSender<Chunk>, bar: &ProgressBar) -> Result<(), Failure> {
    let mut lines = Lines::new(source);
    let mut next = 1;
    for place in 0.. {
        let mut chunk = Chunk {
            place,
            first: next,
            text: String::with_capacity(CHUNK + MAX_CASE_LINE / 16),
            broken: Vec::new(),
        };
        let mut ended = false;
        while chunk.text.len() < CHUNK {
            let line = lines.next_line();
            let line = line.map_err(|error| Failure::new(format!("cannot read line {next}: {error}")))?;
            let Some(line) = line else {
                ended = true;
                break;
            };
            match line.text {
                Ok(text) => chunk.text.push_str(text),
                Err(why) => chunk.broken.push((line.number, why)),
            }
            chunk.text.push('\n');
            next = line.number + 1;
        }
        bar.set_position(lines.bytes());
        if send.send(chunk).is_err() {
            return Err(Failure::new("the threads that judge cases broke off"));
        }
        if ended {
            break;
        }
    }
    Ok(())
}

fn worker<'i, 'p>(
    mut counter: Counter<'i, 'p>,
    chunks: &Mutex<Receiver<Chunk>>,
    list: Option<&Mutex<Listed>>,
) -> Counter<'i, 'p> {
    loop {
        let next = chunks.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok(chunk) = next else { return counter };
        let mut refused: Vec<RefusedLine> = Vec::new();
        let mut broken = chunk.broken.into_iter().peekable();
        for (number, text) in (chunk.first..).zip(chunk.text.lines()) {
            if let Some((_, why)) = broken.next_if(|(line, _)| *line == number) {
                refused.push(counter.refuse(number, why));
            } else if let Err(line) = counter.add(number, text) {
                refused.push(line);
            }
        }
        if let Some(list) = list {
            list.lock().unwrap_or_else(PoisonError::into_inner).add(chunk.place, refused);
        }
    }
}

/// The file with all refused lines, in their order whoever judged them.
struct Listed {
    path: PathBuf,
    file: BufWriter<File>,
    next: usize,
    waiting: BTreeMap<usize, Vec<RefusedLine>>,
    failed: Option<std::io::Error>,
}

impl Listed {
    fn new(path: &Path) -> Result<Listed, Failure> {
        let file = File::create(path).map_err(|error| cannot_write(path, &error))?;
        Ok(Listed {
            path: path.to_owned(),
            file: BufWriter::new(file),
            next: 0,
            waiting: BTreeMap::new(),
            failed: None,
        })
    }

    fn add(&mut self, place: usize, lines: Vec<RefusedLine>) {
        self.waiting.insert(place, lines);
        while let Some(lines) = self.waiting.remove(&self.next) {
            self.next += 1;
            for line in lines {
                let written = serde_json::to_writer(&mut self.file, &line).map_err(std::io::Error::from);
                if let Err(error) = written.and_then(|()| self.file.write_all(b"\n")) {
                    self.failed.get_or_insert(error);
                }
            }
        }
    }

    fn finish(mut self) -> Result<(), Failure> {
        match self.failed.or(self.file.flush().err()) {
            None => Ok(()),
            Some(error) => Err(cannot_write(&self.path, &error)),
        }
    }
}

/// A bar for a file, a counter for a stream; nothing where standard error is no terminal.
fn progress(size: Option<u64>) -> ProgressBar {
    let (bar, template) = match size {
        Some(size) => (ProgressBar::new(size), "{bar:30} {bytes} / {total_bytes}, {eta}"),
        None => (ProgressBar::new_spinner(), "{spinner} {bytes}"),
    };
    bar.set_style(ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar()));
    bar
}
