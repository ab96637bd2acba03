//! Sweeps a module after something was taken out of it: code that only leads to a trap, places in the table of
//! functions that nothing names any more, and data that nobody reads.
//!
//! An optimizer of wasm cannot do it, for it sees numbers and not addresses; the linker's notes tell which are.

use std::collections::HashSet;

use walrus::ir::{Instr, InstrLocId, InstrSeq, InstrSeqId, Unreachable, Value, Visitor, dfs_in_order};
use walrus::{
    ConstExpr, DataKind, ElementItems, ExportItem, FunctionBuilder, FunctionId, FunctionKind, LocalFunction,
    Module,
};

use crate::links::{Links, Target};

/// Ends every run of instructions where it meets a function that only traps, and forgets what was made ready
/// for that call. Functions that only trap themselves are met as well.
pub(crate) fn cut(module: &mut Module, mut trapping: HashSet<FunctionId>) {
    loop {
        let mut more = Vec::new();
        for (id, local) in module.funcs.iter_local_mut() {
            for sequence in sequences(local) {
                shorten(local.block_mut(sequence), &trapping);
            }
            let entry = local.block(local.entry_block());
            if matches!(entry.instrs[..], [(Instr::Unreachable(_), _)]) && !trapping.contains(&id) {
                more.push(id);
            }
        }
        if more.is_empty() {
            return;
        }
        trapping.extend(more);
    }
}

fn shorten(block: &mut InstrSeq, trapping: &HashSet<FunctionId>) {
    let ends = |instr: &Instr| match instr {
        Instr::Call(call) => trapping.contains(&call.func),
        Instr::Unreachable(_) => true,
        _ => false,
    };
    let Some(end) = block.instrs.iter().position(|(instr, _)| ends(instr)) else { return };
    let kept = block.instrs[..end].iter().rposition(|(instr, _)| !is_idle(instr)).map_or(0, |last| last + 1);
    block.instrs.truncate(kept);
    block.instrs.push((Unreachable {}.into(), InstrLocId::default()));
}

/// Whether nobody can tell after a trap that this was not done.
fn is_idle(instr: &Instr) -> bool {
    matches!(
        instr,
        Instr::Const(_)
            | Instr::LocalGet(_)
            | Instr::LocalSet(_)
            | Instr::LocalTee(_)
            | Instr::GlobalGet(_)
            | Instr::GlobalSet(_)
            | Instr::Binop(_)
            | Instr::Unop(_)
            | Instr::Select(_)
            | Instr::Drop(_)
            | Instr::Load(_)
            | Instr::Store(_)
    )
}

fn sequences(local: &LocalFunction) -> Vec<InstrSeqId> {
    #[derive(Default)]
    struct All(Vec<InstrSeqId>);
    impl<'a> Visitor<'a> for All {
        fn start_instr_seq(&mut self, sequence: &'a InstrSeq) {
            self.0.push(sequence.id());
        }
    }
    let mut all = All::default();
    dfs_in_order(&mut all, local, local.entry_block());
    all.0
}

/// What a function names: others that it calls, and addresses.
struct Named<'a> {
    links: &'a Links,
    calls: Vec<FunctionId>,
    /// Where in the code, and what it is.
    addresses: Vec<(usize, Target)>,
}

impl<'a> Named<'a> {
    fn by(links: &'a Links, local: &LocalFunction) -> Self {
        let mut named = Self { links, calls: Vec::new(), addresses: Vec::new() };
        dfs_in_order(&mut named, local, local.entry_block());
        named
    }
}

impl<'instr> Visitor<'instr> for Named<'_> {
    fn visit_instr(&mut self, instr: &'instr Instr, place: &'instr InstrLocId) {
        // The figure stands behind the instruction's own byte, and with memory behind the alignment.
        let skip = match instr {
            Instr::Call(call) => return self.calls.push(call.func),
            Instr::RefFunc(named) => return self.calls.push(named.func),
            Instr::Const(known) if matches!(known.value, Value::I32(_)) => 1,
            Instr::Load(_) | Instr::Store(_) => 2,
            _ => return,
        };
        let at = place.data() as usize + skip;
        if let Some(target) = self.links.code.get(&at) {
            self.addresses.push((at, *target));
        }
    }
}

/// What is still in use.
pub(crate) struct Alive {
    /// Functions whose address is.
    taken: HashSet<FunctionId>,
    /// Pieces of data, by their number.
    data: HashSet<u32>,
}

/// Where the addresses of the module stand that its instructions do not show: what lies behind a trap already
/// when it comes from the compiler.
pub(crate) fn hidden(module: &Module, links: &Links) -> Vec<Target> {
    let mut rest = links.code.clone();
    for (_, local) in module.funcs.iter_local() {
        for (at, _) in Named::by(links, local).addresses {
            rest.remove(&at);
        }
    }
    rest.into_values().collect()
}

/// Follows everything from what the page can call.
pub(crate) fn follow(module: &Module, links: &Links, roots: &[Target]) -> Alive {
    let numbered: Vec<FunctionId> = module.funcs.iter().map(walrus::Function::id).collect();
    let mut alive = Alive { taken: HashSet::new(), data: HashSet::new() };
    let mut known: HashSet<FunctionId> = HashSet::new();
    let mut next: Vec<FunctionId> = module.start.into_iter().collect();
    next.extend(module.exports.iter().filter_map(|export| match export.item {
        ExportItem::Function(id) => Some(id),
        _ => None,
    }));
    let mut addresses: Vec<Target> = roots.to_vec();
    loop {
        if let Some(target) = addresses.pop() {
            match target {
                Target::Function(number) => {
                    if let Some(id) = numbered.get(number as usize).copied() {
                        alive.taken.insert(id);
                        next.push(id);
                    }
                }
                Target::Data(piece) => {
                    if alive.data.insert(piece) {
                        addresses.extend(links.within(piece));
                    }
                }
            }
        } else if let Some(id) = next.pop() {
            if known.insert(id)
                && let FunctionKind::Local(local) = &module.funcs.get(id).kind
            {
                let named = Named::by(links, local);
                next.extend(named.calls);
                addresses.extend(named.addresses.into_iter().map(|(_, target)| target));
            }
        } else {
            return alive;
        }
    }
}

/// Frees the places in the table and blanks the data that are not in use. Nothing moves.
pub(crate) fn sweep(module: &mut Module, links: &Links, alive: &Alive) {
    let mut nothing = FunctionBuilder::new(&mut module.types, &[], &[]);
    nothing.func_body().unreachable();
    let nothing = nothing.finish(Vec::new(), &mut module.funcs);
    for element in module.elements.iter_mut() {
        if let ElementItems::Functions(functions) = &mut element.items {
            for function in functions.iter_mut().filter(|function| !alive.taken.contains(function)) {
                *function = nothing;
            }
        }
    }
    let is_active = |segment: &&walrus::Data| {
        matches!(segment.kind, DataKind::Active { offset: ConstExpr::Value(Value::I32(_)), .. })
    };
    let active: Vec<_> = module.data.iter().filter(is_active).map(walrus::Data::id).collect();
    for (segment, dead) in active.into_iter().zip(links.dead(|piece| alive.data.contains(&piece))) {
        let bytes = &mut module.data.get_mut(segment).value;
        for (byte, _) in bytes.iter_mut().zip(dead).filter(|(_, dead)| *dead) {
            *byte = 0;
        }
    }
}
