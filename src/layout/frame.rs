//! What stands left of a block's text: bars of quotes, bullets, numbers, slots of items, and their indents; above it,
//! the labels of alerts. Built once per block and drawn for each of its rows.

use super::line::{Line, Slot};
use super::{Layout, Medium, measure};
use crate::guide::{Alert, Block, BlockKind, Container, ContainerId, ContainerKind, Item, Why};
use crate::theme::{Glyphs, Role};
use crate::words::LayoutWord;

/// Nesting is drawn to this many levels; deeper containers are drawn here.
const DEEPEST: u32 = 12;

/// What stands left of a block's text.
#[derive(Clone, Debug)]
pub(super) struct Frame {
    /// From the outside in.
    pieces: Vec<Piece>,
    /// The columns that all pieces take.
    pub indent: usize,
    /// The columns that are left for text, at least one.
    pub room: usize,
    /// The role of running text here.
    pub text: Role,
    /// The width of the whole.
    columns: usize,
    glyphs: &'static Glyphs,
}

/// What one container draws.
#[derive(Clone, Debug)]
struct Piece {
    /// What its first row shows.
    mark: Mark,
    /// The columns that it takes.
    columns: usize,
    /// The block is its container's first one, and so draws its mark.
    opens: bool,
    /// Its label, on a row above the block.
    label: Option<String>,
}

#[derive(Clone, Debug)]
enum Mark {
    /// A bar, on every row.
    Bar(Role),
    /// A mark that hangs left of the text.
    Hanging { item: Option<usize>, sign: Option<&'static str>, number: String },
}

impl Frame {
    /// The frame of a block.
    pub(super) fn of(layout: &Layout, at: u32, block: &Block) -> Frame {
        let mut pieces = match layout.medium {
            Medium::Sheet { .. } => Vec::new(),
            _ => pieces(layout, at, block),
        };
        if matches!(block.kind, BlockKind::Heading { .. }) {
            let item = items_at(layout, at).find(|(_, i)| is_heading(i.why));
            pieces.extend(item.map(|(n, _)| Piece::hanging(Some(n), None, String::new(), true)));
        }
        let width = usize::from(layout.width.max(1));
        shrink(&mut pieces, if width >= 12 { width - 8 } else { width / 3 });
        let indent = pieces.iter().map(|p| p.columns).sum();
        let quote = layout.outwards(block.container).find_map(|(_, c)| match c.kind {
            ContainerKind::Quote(alert) => Some(alert),
            _ => None,
        });
        let text = if quote == Some(None) { Role::Quote } else { Role::Text };
        Frame { pieces, indent, room: width - indent, text, columns: width, glyphs: layout.glyphs }
    }

    /// The rows above a block's own: blank ones, then the labels of alerts that it opens. Says how many pieces have
    /// shown their marks there.
    pub(super) fn above(&self, block: u32, blanks: usize) -> (Vec<Line>, usize) {
        let mut rows: Vec<Line> = (0..blanks).map(|_| self.blank(block, 0)).collect();
        let mut drawn = 0;
        for (i, piece) in self.pieces.iter().enumerate() {
            let (Mark::Bar(role), Some(label)) = (&piece.mark, &piece.label) else { continue };
            let mut line = Line::at(block, 0);
            for (n, piece) in self.pieces.iter().enumerate().take(i + 1) {
                self.draw(piece, piece.opens && n >= drawn, &mut line);
            }
            line.mark(measure::fitting(label, self.columns.saturating_sub(line.columns())), *role);
            rows.push(line);
            drawn = i + 1;
        }
        (rows, drawn)
    }

    /// A blank row: the bars that run through it, and nothing else.
    pub(super) fn blank(&self, block: u32, byte: usize) -> Line {
        let mut line = Line::at(block, byte);
        for piece in self.pieces.iter().filter(|p| !p.opens || byte > 0) {
            self.draw(piece, false, &mut line);
        }
        line.trim();
        line
    }

    /// Starts a row of the block. `first` are the pieces that show their marks on it.
    pub(super) fn start(&self, line: &mut Line, first: std::ops::Range<usize>) {
        for (n, piece) in self.pieces.iter().enumerate() {
            self.draw(piece, piece.opens && first.contains(&n), line);
        }
    }

    /// How many pieces there are.
    pub(super) fn len(&self) -> usize {
        self.pieces.len()
    }

    fn draw(&self, piece: &Piece, opening: bool, line: &mut Line) {
        match &piece.mark {
            _ if piece.columns == 0 => {}
            Mark::Bar(role) => {
                line.mark(self.glyphs.quote, *role);
                line.pad(piece.columns - 1);
            }
            Mark::Hanging { item, sign, number } if opening => {
                if let Some(item) = *item {
                    line.slot = Some(Slot { column: line.columns() as u16, item });
                }
                let text = hanging(piece.columns, item.is_some(), *sign, number);
                line.mark(&text, Role::Marker);
                line.pad(piece.columns - measure::columns(&text));
            }
            Mark::Hanging { .. } => line.pad(piece.columns),
        }
    }
}

/// A hanging mark in so many columns: sign or slot, then number; what does not fit is left out, the space last in the
/// mark first.
fn hanging(columns: usize, slot: bool, sign: Option<&str>, number: &str) -> String {
    let sign = if slot { Some(" ") } else { sign };
    let full: Vec<&str> = sign.into_iter().chain((!number.is_empty()).then_some(number)).collect();
    let full = full.join(" ");
    if measure::columns(&full) <= columns {
        return full;
    }
    let bare = number.trim_start();
    match sign {
        Some(sign) => sign.to_owned(),
        None if measure::columns(bare) <= columns => bare.to_owned(),
        None => String::new(),
    }
}

impl Piece {
    fn hanging(item: Option<usize>, sign: Option<&'static str>, number: String, opens: bool) -> Piece {
        let first = if item.is_some() || sign.is_some() { 2 } else { 0 };
        let columns = first + if number.is_empty() { 0 } else { measure::columns(&number) + 1 };
        Piece { mark: Mark::Hanging { item, sign, number }, columns, opens, label: None }
    }
}

fn pieces(layout: &Layout, at: u32, block: &Block) -> Vec<Piece> {
    let drawn = |c: &Container| !matches!(c.kind, ContainerKind::List { .. });
    let chain = || layout.outwards(block.container).filter(|(_, c)| drawn(c));
    let level = chain().next().map_or(0, |(_, c)| c.level);
    let too_deep = level >= DEEPEST;
    let most = if too_deep { DEEPEST - 1 } else { DEEPEST };
    let mut pieces: Vec<Piece> = Vec::new();
    for (n, (id, container)) in chain().enumerate() {
        if container.level < most || n == 0 {
            pieces.push(piece(layout, at, id, container));
        }
        if n == 0 && too_deep {
            pieces.push(Piece::hanging(None, Some(layout.glyphs.deep), String::new(), true));
        }
    }
    pieces.reverse();
    pieces
}

fn piece(layout: &Layout, at: u32, id: ContainerId, container: &Container) -> Piece {
    let opens = container.first_block == at;
    match &container.kind {
        ContainerKind::Quote(alert) => {
            let (role, word) = alert.map_or((Role::QuoteBar, None), |a| (alert_role(a), Some(alert_word(a))));
            let label = word.filter(|_| opens).map(|w| w.say(layout.lang).into_owned());
            Piece { mark: Mark::Bar(role), columns: 2, opens, label }
        }
        ContainerKind::Footnote { number, .. } => Piece::hanging(None, None, format!("[{number}]"), opens),
        ContainerKind::Details { .. } => {
            let folded = layout.folded(id, container);
            let sign = if folded { layout.glyphs.folded } else { layout.glyphs.unfolded };
            Piece::hanging(None, Some(sign), String::new(), opens)
        }
        ContainerKind::Item { number, task, nesting, .. } => {
            let item = item_of(layout, id, container);
            let number = number.map_or(String::new(), |n| numbered(layout, container, n));
            let sign = match task {
                Some(true) => Some(layout.glyphs.done),
                Some(false) => Some(layout.glyphs.open),
                None if number.is_empty() => layout.glyphs.bullets.get((*nesting).clamp(1, 3) as usize - 1).copied(),
                None => None,
            };
            Piece::hanging(item, sign, number, opens)
        }
        ContainerKind::List { .. } => Piece::hanging(None, None, String::new(), false),
    }
}

/// An item's number with its delimiter, right-aligned among its siblings.
fn numbered(layout: &Layout, item: &Container, number: u64) -> String {
    let (digits, delimiter) = match layout.container(item.parent).map(|c| &c.kind) {
        Some(ContainerKind::List { digits, start, .. }) => (usize::from(*digits), start.map_or('.', |s| s.1)),
        _ => (0, '.'),
    };
    format!("{number:>digits$}{delimiter}")
}

/// The item whose mark a list item's container carries: of the containers that open at the item's block, the
/// innermost that suits what the item was found as.
fn item_of(layout: &Layout, id: ContainerId, container: &Container) -> Option<usize> {
    let first = container.first_block;
    let opening = |c: &Container| c.first_block == first && matches!(c.kind, ContainerKind::Item { .. });
    let suits = |why: Why, c: &Container| match (why, &c.kind) {
        (Why::TaskBox, ContainerKind::Item { task, .. }) => task.is_some(),
        (Why::OrderedList, ContainerKind::Item { number, .. }) => number.is_some(),
        (Why::BoldLed, ContainerKind::Item { .. }) => true,
        _ => false,
    };
    let carrier = |why| {
        let mut inner = layout.outwards(layout.container_of(first)).take_while(|(_, c)| c.first_block == first);
        inner.find(|(_, c)| opening(c) && suits(why, c)).map(|(id, _)| id)
    };
    // Of many items that open at one block, most were found in the same way: their carrier is looked for once.
    let mut known: Option<(Why, bool)> = None;
    let carried = |(_, item): &(usize, &Item)| match known {
        Some((why, here)) if why == item.why => here,
        _ => known.insert((item.why, carrier(item.why) == Some(id))).1,
    };
    items_at(layout, first).find(carried).map(|(n, _)| n)
}

fn items_at<'a>(layout: &Layout<'a>, block: u32) -> impl Iterator<Item = (usize, &'a Item)> {
    let items = &layout.guide.items;
    let first = items.partition_point(|i| i.block() < block);
    items.iter().enumerate().skip(first).take_while(move |(_, i)| i.block() == block)
}

fn is_heading(why: Why) -> bool {
    matches!(why, Why::NumberedHeading | Why::NumberedValue)
}

/// Makes the pieces take `most` columns together at most: the outer ones give way first, to one column, then to none;
/// the innermost one, which stands beside the text, last.
fn shrink(pieces: &mut [Piece], most: usize) {
    let mut excess = pieces.iter().map(|p| p.columns).sum::<usize>().saturating_sub(most);
    let mut give = |piece: &mut Piece, least: usize| {
        let away = piece.columns.saturating_sub(least).min(excess);
        piece.columns -= away;
        excess -= away;
    };
    if let Some((inner, outer)) = pieces.split_last_mut() {
        outer.iter_mut().for_each(|piece| give(piece, 1));
        outer.iter_mut().for_each(|piece| give(piece, 0));
        give(inner, 0);
    }
}

fn alert_role(alert: Alert) -> Role {
    match alert {
        Alert::Note => Role::Note,
        Alert::Tip => Role::Good,
        Alert::Important => Role::Important,
        Alert::Warning => Role::Warning,
        Alert::Caution => Role::Danger,
    }
}

fn alert_word(alert: Alert) -> LayoutWord {
    match alert {
        Alert::Note => LayoutWord::Note,
        Alert::Tip => LayoutWord::Tip,
        Alert::Important => LayoutWord::Important,
        Alert::Warning => LayoutWord::Warning,
        Alert::Caution => LayoutWord::Caution,
    }
}
