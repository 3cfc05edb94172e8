//! The order in which decisions can be made; what depends on itself has none.

use std::collections::BTreeSet;

use crate::diagnostic::{Code, Diagnostic};
use crate::limits::{MAX_CHAIN, MAX_FINDINGS};
use crate::source::Span;

/// Something that depends on others: its name, place, and the indices of what it needs.
pub(super) struct Dependent {
    pub(super) name: String,
    pub(super) span: Span,
    pub(super) needs: Vec<usize>,
}

/// An order of all indices, each after what it needs, apart from the last step of each cycle.
pub(super) struct Sorted {
    pub(super) order: Vec<usize>,
    /// Everything that depends on itself.
    pub(super) cyclic: BTreeSet<usize>,
    /// Each cycle once.
    pub(super) findings: Vec<Diagnostic>,
}

/// Puts everything in order; none when a chain is endless, which is then the only finding.
pub(super) fn sort(nodes: &[Dependent]) -> Result<Sorted, Diagnostic> {
    // 0 = new, 1 = on the path, 2 = done
    let mut state = vec![0u8; nodes.len()];
    let mut sorted = Sorted { order: Vec::new(), cyclic: BTreeSet::new(), findings: Vec::new() };
    let mut closing = BTreeSet::new();
    let mut depth = vec![0usize; nodes.len()];
    for start in 0..nodes.len() {
        let mut path: Vec<(usize, usize)> = vec![(start, 0)];
        if state.get(start) != Some(&0) {
            continue;
        }
        while let Some(&mut (node, ref mut next)) = path.last_mut() {
            set(&mut state, node, 1);
            let Some(&need) = nodes.get(node).and_then(|n| n.needs.get(*next)) else {
                set(&mut state, node, 2);
                sorted.order.push(node);
                path.pop();
                let needs = nodes.get(node).map(|n| n.needs.as_slice()).unwrap_or_default();
                let below = needs.iter().filter_map(|n| depth.get(*n)).max().copied().unwrap_or(0);
                if below >= MAX_CHAIN {
                    return Err(too_long(nodes, node));
                }
                if let Some(slot) = depth.get_mut(node) {
                    *slot = below + 1;
                }
                continue;
            };
            *next += 1;
            match state.get(need) {
                Some(0) => path.push((need, 0)),
                Some(1) if closing.insert((node, need)) => {
                    let members = path.iter().map(|(node, _)| *node).skip_while(|node| *node != need);
                    sorted.cyclic.extend(members);
                    if sorted.findings.len() < MAX_FINDINGS {
                        sorted.findings.push(cycle(nodes, &path, need));
                    }
                }
                _ => {}
            }
        }
    }
    Ok(sorted)
}

fn set(state: &mut [u8], index: usize, value: u8) {
    if let Some(slot) = state.get_mut(index) {
        *slot = value;
    }
}

fn too_long(nodes: &[Dependent], node: usize) -> Diagnostic {
    let (name, span) = nodes.get(node).map_or(("", None), |n| (n.name.as_str(), Some(n.span)));
    Diagnostic::error(
        Code::TooLarge,
        span,
        format!("`{name}` stands at the end of a chain of more than {MAX_CHAIN} questions and decisions"),
    )
    .help("let decisions read the questions that matter to them directly")
}

/// Most members of a cycle that its finding names.
const MOST_NAMED: usize = 12;

fn cycle(nodes: &[Dependent], path: &[(usize, usize)], back: usize) -> Diagnostic {
    let from = path.iter().position(|(node, _)| *node == back).unwrap_or(0);
    let name = |i: usize| nodes.get(i).map_or("", |n| n.name.as_str());
    let mut names: Vec<String> =
        path.iter().skip(from).map(|(node, _)| format!("`{}`", name(*node))).collect();
    names.push(format!("`{}`", name(back)));
    if names.len() > MOST_NAMED {
        let hidden = names.len() - MOST_NAMED;
        names.splice(MOST_NAMED / 2..MOST_NAMED / 2 + hidden, [format!("{hidden} more")]);
    }
    let span = nodes.get(back).map(|n| n.span);
    Diagnostic::error(Code::Cycle, span, format!("`{}` depends on itself: {}", name(back), names.join(" → ")))
        .help("let one of them read only questions that the others do not decide")
}
