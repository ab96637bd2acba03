//! What refers to what in a module: the places of addresses, which the linker notes beside the module.

use std::collections::HashMap;
use std::ops::Range;

use anyhow::{Result, ensure};
use wasmparser::{
    KnownCustom, Linking, Parser, Payload, RelocSectionReader, RelocationType, SymbolFlags, SymbolInfo,
};

/// What an address stands for.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(crate) enum Target {
    /// A function, by its number: its place in the table is taken.
    Function(u32),
    /// A piece of data, by its number among the symbols.
    Data(u32),
}

/// The addresses in a module. Places are offsets in the file.
#[derive(Default)]
pub(crate) struct Links {
    /// Those in the code.
    pub(crate) code: HashMap<usize, Target>,
    /// Those in the data, in order.
    data: Vec<(usize, Target)>,
    /// Where each piece of data lies, if anywhere: what begins as zeros need not be in the file.
    pieces: HashMap<u32, Range<usize>>,
    /// Where each segment's bytes begin, and the address that the first of them gets.
    segments: Vec<(Range<usize>, u32)>,
}

impl Links {
    /// Reads them.
    pub(crate) fn read(wasm: &[u8]) -> Result<Self> {
        let (mut links, mut symbols) = (Self::default(), Vec::new());
        let (mut code, mut data) = (0, 0);
        for payload in Parser::new(0).parse_all(wasm) {
            match payload? {
                Payload::CodeSectionStart { range, .. } => code = range.start,
                Payload::DataSection(section) => {
                    data = section.range().start;
                    for segment in section {
                        let segment = segment?;
                        let bytes = segment.range.end - segment.data.len()..segment.range.end;
                        let wasmparser::DataKind::Active { offset_expr, .. } = segment.kind else { continue };
                        let mut reader = offset_expr.get_operators_reader();
                        if let wasmparser::Operator::I32Const { value } = reader.read()? {
                            links.segments.push((bytes, value.cast_unsigned()));
                        }
                    }
                }
                Payload::CustomSection(section) => match section.as_known() {
                    KnownCustom::Linking(known) => {
                        for part in known.subsections() {
                            if let Linking::SymbolTable(table) = part? {
                                symbols = table.into_iter().collect::<Result<_, _>>()?;
                            }
                        }
                        links.place(&symbols);
                    }
                    KnownCustom::Reloc(known) if section.name() == "reloc.CODE" => {
                        let found = links.targets(wasm, known, &symbols, code)?;
                        links.code = found.into_iter().collect();
                    }
                    KnownCustom::Reloc(known) if section.name() == "reloc.DATA" => {
                        links.data = links.targets(wasm, known, &symbols, data)?;
                        links.data.sort_unstable_by_key(|(at, _)| *at);
                    }
                    _ => {}
                },
                _ => {}
            }
        }
        ensure!(
            !links.code.is_empty() && !links.data.is_empty(),
            "the linker notes no addresses: it was to be asked for them with --emit-relocs"
        );
        Ok(links)
    }

    /// Notes where each piece of data lies.
    fn place(&mut self, symbols: &[SymbolInfo]) {
        for (number, symbol) in symbols.iter().enumerate() {
            let SymbolInfo::Data { flags, symbol: Some(found), .. } = symbol else { continue };
            let Some((bytes, _)) = self.segments.get(found.index as usize) else { continue };
            let from = bytes.start + found.offset as usize;
            let piece = from..from + found.size as usize;
            if !flags.contains(SymbolFlags::ABSOLUTE) && piece.end <= bytes.end {
                self.pieces.insert(number as u32, piece);
            }
        }
    }

    /// The addresses that a section notes, each compared with what stands there.
    fn targets(
        &self,
        wasm: &[u8],
        section: RelocSectionReader,
        symbols: &[SymbolInfo],
        from: usize,
    ) -> Result<Vec<(usize, Target)>> {
        let mut found = Vec::new();
        for entry in section.entries() {
            let entry = entry?;
            let at = from + entry.offset as usize;
            let target = match entry.ty {
                RelocationType::TableIndexSleb | RelocationType::TableIndexI32 => {
                    let Some(SymbolInfo::Func { index, .. }) = symbols.get(entry.index as usize) else {
                        continue;
                    };
                    Target::Function(*index)
                }
                RelocationType::MemoryAddrLeb
                | RelocationType::MemoryAddrSleb
                | RelocationType::MemoryAddrI32 => {
                    if let Some(address) = self.address(entry.index) {
                        let there = if entry.ty == RelocationType::MemoryAddrI32 {
                            fixed(wasm, at)
                        } else {
                            padded(wasm, at)
                        };
                        let wanted = i64::from(address) + entry.addend;
                        ensure!(
                            there == Some(wanted as u32),
                            "the linker notes an address at {at} that is not there"
                        );
                    }
                    Target::Data(entry.index)
                }
                _ => continue,
            };
            found.push((at, target));
        }
        Ok(found)
    }

    /// The address that a piece of data has when the page runs.
    fn address(&self, piece: u32) -> Option<u32> {
        let piece = self.pieces.get(&piece)?;
        let (bytes, first) = self.segments.iter().find(|(bytes, _)| bytes.contains(&piece.start))?;
        Some(first + (piece.start - bytes.start) as u32)
    }

    /// What a piece of data refers to.
    pub(crate) fn within(&self, piece: u32) -> impl Iterator<Item = Target> + '_ {
        let range = self.pieces.get(&piece).cloned().unwrap_or_default();
        let first = self.data.partition_point(|(at, _)| *at < range.start);
        self.data[first..].iter().take_while(move |(at, _)| *at < range.end).map(|(_, target)| *target)
    }

    /// For each segment, which of its bytes belong only to pieces that are not `alive`.
    pub(crate) fn dead(&self, alive: impl Fn(u32) -> bool) -> Vec<Vec<bool>> {
        let mut dead: Vec<Vec<bool>> =
            self.segments.iter().map(|(bytes, _)| vec![false; bytes.len()]).collect();
        for lives in [false, true] {
            for (_, piece) in self.pieces.iter().filter(|(number, _)| alive(**number) == lives) {
                let home = self.segments.iter().position(|(bytes, _)| bytes.contains(&piece.start));
                if let Some(home) = home {
                    let start = self.segments[home].0.start;
                    dead[home][piece.start - start..piece.end - start].fill(!lives);
                }
            }
        }
        dead
    }
}

/// Four bytes, the lowest first.
fn fixed(wasm: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(wasm.get(at..at + 4)?.try_into().ok()?))
}

/// Seven bits a byte, the lowest first, always five bytes.
fn padded(wasm: &[u8], at: usize) -> Option<u32> {
    let bytes = wasm.get(at..at + 5)?;
    Some(bytes.iter().rev().fold(0, |sum: u32, byte| sum << 7 | u32::from(byte & 0x7f)))
}
