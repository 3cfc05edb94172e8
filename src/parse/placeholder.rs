//! The three dots of a template: what is still to be filled in never counts as a value.

use crate::diagnostic::{Code, Diagnostic};
use crate::document::PLACEHOLDER;
use crate::source::Span;
use crate::tree::{Kind, Node};

/// Notes every value, and every cell of a table, that is nothing but the dots.
pub(super) fn find(node: &Node, out: &mut Vec<Diagnostic>) {
    match &node.kind {
        Kind::Null => {}
        Kind::Scalar { text, .. } if text.trim() == PLACEHOLDER => out.push(finding(node.span)),
        Kind::Scalar { lines, .. } => {
            for line in lines {
                let mut at = 0;
                for cell in line.value.split('|') {
                    if cell.trim() == PLACEHOLDER {
                        let lead = cell.len() - cell.trim_start().len();
                        out.push(finding(line.span.part(at + lead, PLACEHOLDER.len())));
                    }
                    at += cell.len() + 1;
                }
            }
        }
        Kind::Seq(items) => items.iter().for_each(|item| find(item, out)),
        Kind::Map(entries) => entries.iter().for_each(|(_, value)| find(value, out)),
    }
}

fn finding(span: Span) -> Diagnostic {
    Diagnostic::error(Code::Placeholder, span, format!("`{PLACEHOLDER}` is still to be filled in"))
        .help("write the value of the source here; when it is not known, comment these lines out again")
}

/// Leaves out what was found about a place that is still to be filled in.
pub(crate) fn leave_alone(out: &mut Vec<Diagnostic>) {
    let open: Vec<Option<Span>> =
        out.iter().filter(|f| f.code == Code::Placeholder).map(|f| f.span).collect();
    if !open.is_empty() {
        out.retain(|finding| finding.code == Code::Placeholder || !open.contains(&finding.span));
    }
}
