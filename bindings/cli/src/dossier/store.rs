//! Files of dossiers: written whole or not at all, and by one writer at a time.
//!
//! A new text goes to a temporary file beside the old one, then to the disk, and only then takes its place; whatever happens,
//! the old file or the new one is there. A writer holds the lock of a file beside it, and refuses when the dossier is no longer
//! the one that it read. The lock goes with the process, so a crash leaves nothing locked; the empty lock file stays, as
//! removing it would let two writers hold two locks.

use std::fmt;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Largest piece that is written at once.
const PIECE: usize = 4096;

/// Why nothing was written.
#[derive(Debug)]
pub(crate) enum Refusal {
    /// Somebody else is writing.
    Busy,
    /// The file is no longer the one that was read.
    Changed,
    /// The file is there already.
    Exists,
    /// The disk does not let files be locked.
    NoLock(io::Error),
    /// The disk failed.
    Disk(io::Error),
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Refusal::Busy => f.write_str("somebody else is writing it at this moment"),
            Refusal::Changed => f.write_str("it was changed by somebody else in the meantime"),
            Refusal::Exists => f.write_str("it is there already"),
            Refusal::NoLock(error) => write!(f, "files beside it cannot be locked: {error}"),
            Refusal::Disk(error) => error.fmt(f),
        }
    }
}

impl From<io::Error> for Refusal {
    fn from(error: io::Error) -> Self {
        Refusal::Disk(error)
    }
}

/// Is told of every operation on the disk before it happens; the tests let the process die there.
pub(crate) trait Witness {
    fn before(&self, operation: &'static str);
}

/// Nobody who watches.
#[derive(Debug)]
pub(crate) struct Nobody;

impl Witness for Nobody {
    fn before(&self, _: &'static str) {}
}

/// Makes a file that is not there yet.
pub(crate) fn create(path: &Path, text: &str, witness: &impl Witness) -> Result<(), Refusal> {
    let lock = lock(path, witness)?;
    if path.symlink_metadata().is_ok() {
        return Err(Refusal::Exists);
    }
    let file = write(path, text, witness)?;
    witness.before("rename");
    file.persist_noclobber(path).map_err(|error| match error.error.kind() {
        io::ErrorKind::AlreadyExists => Refusal::Exists,
        _ => Refusal::Disk(error.error),
    })?;
    settle(path, witness)?;
    drop(lock);
    Ok(())
}

/// Replaces a file that holds one text by another.
pub(crate) fn replace(path: &Path, before: &str, after: &str, witness: &impl Witness) -> Result<(), Refusal> {
    // a link stays a link: what it points at is replaced
    let path = path.canonicalize()?;
    let lock = lock(&path, witness)?;
    witness.before("read");
    if fs::read(&path)? != before.as_bytes() {
        return Err(Refusal::Changed);
    }
    let file = write(&path, after, witness)?;
    witness.before("permissions");
    fs::set_permissions(file.path(), fs::metadata(&path)?.permissions())?;
    witness.before("rename");
    file.persist(&path).map_err(|error| Refusal::Disk(error.error))?;
    settle(&path, witness)?;
    drop(lock);
    Ok(())
}

/// The lock of a file, for as long as the result lives.
fn lock(path: &Path, witness: &impl Witness) -> Result<File, Refusal> {
    witness.before("lock");
    let beside = folder(path).join(format!(".{}.lock", name(path)));
    let file = OpenOptions::new().create(true).truncate(false).write(true).open(beside)?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(Refusal::Busy),
        Err(TryLockError::Error(error)) => Err(Refusal::NoLock(error)),
    }
}

/// A temporary file with this text, safely on the disk. What an earlier writer left behind when it died is removed first: whoever
/// holds the lock is the only writer.
fn write(path: &Path, text: &str, witness: &impl Witness) -> Result<tempfile::NamedTempFile, Refusal> {
    let (prefix, suffix) = (format!(".{}.", name(path)), ".tmp");
    for entry in fs::read_dir(folder(path))?.flatten() {
        let left = entry.file_name();
        if left.to_str().is_some_and(|left| left.starts_with(&prefix) && left.ends_with(suffix)) {
            let _ = fs::remove_file(entry.path());
        }
    }
    witness.before("create");
    let mut file = tempfile::Builder::new().prefix(&prefix).suffix(suffix).tempfile_in(folder(path))?;
    for piece in text.as_bytes().chunks(PIECE) {
        witness.before("write");
        file.write_all(piece)?;
    }
    witness.before("sync");
    file.as_file().sync_all()?;
    Ok(file)
}

/// Brings the new name to the disk too, where the system lets a folder be opened.
fn settle(path: &Path, witness: &impl Witness) -> Result<(), Refusal> {
    witness.before("sync folder");
    if cfg!(unix) {
        File::open(folder(path))?.sync_all()?;
    }
    witness.before("end");
    Ok(())
}

fn folder(path: &Path) -> PathBuf {
    let parent = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    parent.unwrap_or(Path::new(".")).to_owned()
}

fn name(path: &Path) -> String {
    path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned())
}
