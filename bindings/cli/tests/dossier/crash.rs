//! A process that dies at any moment while it writes leaves the old dossier or the new one, whole; a full disk leaves the old one.
//!
//! The first test lets a child process die, really, before every operation of the code that writes. The others let the system kill
//! or refuse the command itself in the middle of its bytes, by a limit on the size of files.

use std::path::Path;
use std::process::Command;

use super::{command, dossier, names, small};
use crate::run::Folder;

#[path = "../../src/dossier/store.rs"]
mod store;

use store::{Nobody, Refusal, Witness, create, replace};

const FILE: &str = "LEIDRAAD_TEST_CRASH_FILE";
const DIES_BEFORE: &str = "LEIDRAAD_TEST_CRASH_AT";
const OLD: &str = "oud";

/// Longer than two pieces, so that the process can die between them.
fn new_text() -> String {
    "nieuw ".repeat(2_000)
}

/// Lets the process die before an operation; without one it counts.
struct Reaper {
    left: std::cell::Cell<usize>,
    seen: std::cell::RefCell<Vec<&'static str>>,
}

impl Witness for Reaper {
    fn before(&self, operation: &'static str) {
        self.seen.borrow_mut().push(operation);
        match self.left.get() {
            0 => std::process::abort(),
            left => self.left.set(left - 1),
        }
    }
}

fn reaper(left: usize) -> Reaper {
    Reaper { left: std::cell::Cell::new(left), seen: std::cell::RefCell::new(Vec::new()) }
}

/// What the child process does; run by itself it writes without dying.
#[test]
fn child() {
    let (_folder, own) = scratch();
    let file = std::env::var_os(FILE).map_or(own, Into::into);
    let left = std::env::var(DIES_BEFORE).map_or(usize::MAX, |at| at.parse().unwrap());
    match file.exists() {
        true => replace(&file, OLD, &new_text(), &reaper(left)).unwrap(),
        false => create(&file, &new_text(), &reaper(left)).unwrap(),
    }
    assert_eq!(std::fs::read_to_string(&file).unwrap(), new_text());
}

fn scratch() -> (Folder, std::path::PathBuf) {
    let folder = Folder::new();
    let file = folder.path().join("zaak.json");
    std::fs::write(&file, OLD).unwrap();
    (folder, file)
}

/// Runs the child, which dies before this operation; whether it did.
fn dies(file: &Path, at: usize) -> bool {
    let status = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "dossier::crash::child", "--nocapture"])
        .env(FILE, file)
        .env(DIES_BEFORE, at.to_string())
        .output()
        .unwrap()
        .status;
    // killed by a signal: no exit code
    assert!(status.success() || status.code().is_none(), "{status:?}");
    !status.success()
}

#[test]
fn a_process_that_dies_leaves_the_old_file_or_the_new_one() {
    let (_folder, file) = scratch();
    let counted = reaper(usize::MAX);
    replace(&file, OLD, &new_text(), &counted).unwrap();
    let operations = counted.seen.into_inner();
    assert_eq!(
        operations,
        [
            "lock",
            "read",
            "create",
            "write",
            "write",
            "write",
            "sync",
            "permissions",
            "rename",
            "sync folder",
            "end"
        ]
    );
    let renamed = operations.iter().position(|operation| *operation == "rename").unwrap();
    for (at, operation) in operations.iter().enumerate() {
        let (folder, file) = scratch();
        assert!(dies(&file, at), "before {operation}");
        let left = std::fs::read_to_string(&file).unwrap();
        assert_eq!(left, if at > renamed { new_text() } else { OLD.to_owned() }, "before {operation}");
        // the next writer is not kept out, and clears away what the dead one left
        replace(&file, &left, "later", &Nobody).unwrap();
        assert_eq!(std::fs::read_to_string(&file).unwrap(), "later");
        assert_eq!(names(folder.path()), [".zaak.json.lock", "zaak.json"], "before {operation}");
    }
    assert!(!dies(&scratch().1, usize::MAX - 1));
}

#[test]
fn a_process_that_dies_while_it_makes_a_file_leaves_none_or_a_whole_one() {
    let mut whole = 0;
    for at in 0..20 {
        let folder = Folder::new();
        let file = folder.path().join("zaak.json");
        let died = dies(&file, at);
        match std::fs::read_to_string(&file) {
            Ok(text) => {
                assert_eq!(text, new_text());
                whole += 1;
            }
            Err(_) => assert!(died),
        }
        if !died {
            break;
        }
    }
    assert_eq!(
        whole, 3,
        "after the rename: before the folder is synchronised, at the end, and without dying"
    );
}

#[test]
fn who_comes_second_is_refused() {
    let (folder, file) = scratch();
    assert!(matches!(replace(&file, "iets anders", "x", &Nobody), Err(Refusal::Changed)));
    assert!(matches!(create(&file, "x", &Nobody), Err(Refusal::Exists)));
    let lock = std::fs::File::create(folder.path().join(".zaak.json.lock")).unwrap();
    lock.try_lock().unwrap();
    assert!(matches!(replace(&file, OLD, "x", &Nobody), Err(Refusal::Busy)));
    assert!(matches!(create(&folder.path().join("zaak.json"), "x", &Nobody), Err(Refusal::Busy)));
    assert_eq!(std::fs::read_to_string(&file).unwrap(), OLD);
    drop(lock);
    replace(&file, OLD, "x", &Nobody).unwrap();
}

/// Runs the command where no file may grow beyond so many blocks of 512 bytes.
#[cfg(unix)]
fn limited(folder: &Path, before: &str, blocks: usize, arguments: &[&str]) -> std::process::Output {
    let mut limited = Command::new("sh");
    let script = format!("ulimit -c 0; {before} ulimit -f {blocks}; exec \"$@\"");
    limited.args(["-c", &script, "sh", env!("CARGO_BIN_EXE_leidraad"), "dossier"]).args(arguments);
    limited
        .current_dir(folder)
        .env("LEIDRAAD_BY", "A. de Vries")
        .stdin(std::process::Stdio::null())
        .output()
        .unwrap()
}

/// The system kills the command at the byte where the limit is: at every 512th byte of the new file.
#[cfg(unix)]
#[test]
fn a_command_that_is_killed_in_the_middle_of_its_bytes_leaves_the_old_file() {
    use std::os::unix::process::ExitStatusExt;
    let (folder, file) = small();
    let old = std::fs::read_to_string(&file).unwrap();
    let mut killed = 0;
    loop {
        let run = limited(folder.path(), "", killed, &["answer", "zaak.json", "eerder=1"]);
        if run.status.success() {
            break;
        }
        assert!(run.status.signal().is_some(), "{run:?}");
        assert_eq!(std::fs::read_to_string(&file).unwrap(), old, "killed after {killed} blocks");
        dossier(folder.path(), &["verify", "zaak.json"]).ok();
        killed += 1;
        assert!(killed < 1_000);
    }
    let new = std::fs::read_to_string(&file).unwrap();
    assert!(new.len() > old.len() && killed >= new.len() / 512, "{killed} times, {} bytes", new.len());
    dossier(folder.path(), &["verify", "zaak.json"]).ok();
    assert_eq!(names(folder.path()), [".zaak.json.lock", "maatregel.yaml", "zaak.json"]);
}

/// Where the signal is ignored the write fails, as on a full disk: it is told, and nothing is left behind.
#[cfg(unix)]
#[test]
fn a_full_disk_leaves_the_old_file() {
    let (folder, file) = small();
    let old = std::fs::read_to_string(&file).unwrap();
    for blocks in [0, 1, 5] {
        let run = limited(folder.path(), "trap '' XFSZ;", blocks, &["answer", "zaak.json", "eerder=1"]);
        let told = String::from_utf8(run.stderr).unwrap();
        assert_eq!(run.status.code(), Some(2), "{told}");
        assert!(told.contains("cannot write") && told.contains("the old file is as it was"), "{told}");
        assert_eq!(std::fs::read_to_string(&file).unwrap(), old);
        assert_eq!(names(folder.path()), [".zaak.json.lock", "maatregel.yaml", "zaak.json"]);
    }
    let run = limited(folder.path(), "trap '' XFSZ;", 1, &["new", "maatregel.yaml", "nieuw.json"]);
    assert_eq!(run.status.code(), Some(2));
    assert!(!folder.path().join("nieuw.json").exists());
}

/// Many at once: each either records, or is told that somebody else was first; nothing that was told to be recorded is lost.
#[test]
fn writers_at_the_same_time() {
    let (folder, file) = small();
    let answers = [
        "gram=1",
        "gram=2",
        "eerder=1",
        "eerder=2",
        "spoed=ja",
        "spoed=nee",
        "object=lokaal",
        "object=woning",
    ];
    let children: Vec<_> = answers
        .iter()
        .map(|answer| {
            let mut command = command(folder.path(), &["answer", "zaak.json", answer]);
            command.stdout(std::process::Stdio::piped()).stderr(std::process::Stdio::piped()).spawn().unwrap()
        })
        .collect();
    let mut recorded = Vec::new();
    for (answer, child) in answers.iter().zip(children) {
        let output = child.wait_with_output().unwrap();
        let told = String::from_utf8(output.stderr).unwrap();
        match output.status.code() {
            Some(0) => recorded.push(answer.split_once('=').unwrap()),
            Some(2) => assert!(
                told.contains("somebody else is writing") || told.contains("changed by somebody else"),
                "{told}"
            ),
            other => panic!("{other:?}: {told}"),
        }
    }
    assert!(!recorded.is_empty());
    let data = super::data(&file);
    assert_eq!(data["revisions"].as_array().unwrap().len(), 2 + recorded.len());
    let text = data.to_string();
    for (question, _) in recorded {
        assert!(text.contains(&format!(r#""question":"{question}""#)), "{question}");
    }
    dossier(folder.path(), &["verify", "zaak.json"]).ok();
}
