//! Line icons, one path each, drawn on a 24-unit square.

use leptos::prelude::*;

/// Which icon.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Icon {
    /// Fair weather.
    Sun,
    /// Rain.
    Cloud,
    /// Go on.
    Chevron,
    /// Done.
    Check,
    /// Take back.
    Undo,
    /// Do again.
    Redo,
    /// Map.
    Map,
    /// Speech.
    Speech,
    /// Pin.
    Pin,
    /// Attention.
    Alert,
    /// Printer.
    Print,
    /// Select.
    Arrow,
    /// A stall.
    Stall,
    /// Move the picture.
    Hand,
    /// Larger.
    Plus,
    /// Smaller.
    Minus,
    /// The whole picture.
    Fit,
    /// Snap.
    Magnet,
    /// A second one like it.
    Copy,
    /// Take away.
    Bin,
    /// Turn.
    Turn,
    /// Keep for pasting.
    Clip,
    /// Put what was copied.
    Paste,
    /// A row of stalls.
    Row,
    /// An area full of stalls.
    Fill,
    /// Measure.
    Tape,
    /// Stays where it is.
    Lock,
    /// Done for somebody.
    Wand,
    /// Less important than what stands beside it: more of it.
    List,
    /// A rectangle to draw.
    Rectangle,
    /// A polygon to draw.
    Polygon,
    /// A lane.
    Lane,
}

impl Icon {
    /// What is drawn.
    pub const fn path(self) -> &'static str {
        match self {
            Self::Sun => {
                "M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8M12 2v3M12 19v3M2 12h3M19 12h3M5 5l2 2M17 17l2 2M5 19l2-2M17 7l2-2"
            }
            Self::Cloud => {
                "M7 16a4 4 0 0 1 0-8 5 5 0 0 1 9.6 1.2A3.5 3.5 0 1 1 17.5 16zM8 19l-1 3M12 19l-1 3M16 19l-1 3"
            }
            Self::Chevron => "M9 5l7 7-7 7",
            Self::Check => "M4 12.5l5.5 5.5L20 6.5",
            Self::Undo => "M9 5L4 10l5 5M4 10h10a5 5 0 0 1 0 10h-3",
            Self::Redo => "M15 5l5 5-5 5M20 10H10a5 5 0 0 0 0 10h3",
            Self::Map => "M3 6l6-2 6 2 6-2v14l-6 2-6-2-6 2zM9 4v14M15 6v14",
            Self::Speech => "M4 5h16v11H10l-4 4v-4H4z",
            Self::Pin => "M9 3h6l-1 6 3 4H7l3-4zM12 13v8",
            Self::Alert => "M12 3l10 18H2zM12 10v5M12 17.5v.5",
            Self::Arrow => "M6 3l13 7.5-5.6 1.6 3.4 6.1-2.6 1.4-3.4-6.1L6.6 18z",
            Self::Stall => "M4 10h16M5 10l1.5-6h11L19 10M6 10v10h12V10M10 20v-5h4v5",
            Self::Hand => {
                "M12 3v18M3 12h18M12 3l-3 3M12 3l3 3M12 21l-3-3M12 21l3-3M3 12l3-3M3 12l3 3M21 12l-3-3M21 12l-3 3"
            }
            Self::Plus => "M12 5v14M5 12h14",
            Self::Minus => "M5 12h14",
            Self::Fit => "M4 9V4h5M15 4h5v5M20 15v5h-5M9 20H4v-5",
            Self::Magnet => "M6 4v8a6 6 0 0 0 12 0V4h-4v8a2 2 0 0 1-4 0V4zM6 8h4M14 8h4",
            Self::Copy => "M9 9h11v11H9zM5 15H4V4h11v1",
            Self::Bin => "M4 7h16M9 7V4h6v3M6 7l1 13h10l1-13M10 11v5M14 11v5",
            Self::Turn => "M20 12a8 8 0 1 1-2.5-5.8M20 3v4h-4",
            Self::Clip => "M8 4h8v3H8zM8 5.5H5V21h14V5.5h-3",
            Self::Paste => "M8 4h8v3H8zM8 5.5H5V21h14V5.5h-3M12 11v7M8.5 14.5h7",
            Self::Row => "M2 8h5v8H2zM9.5 8h5v8h-5zM17 8h5v8h-5z",
            Self::Fill => "M3 3h7v7H3zM14 3h7v7h-7zM3 14h7v7H3zM14 14h7v7h-7z",
            Self::Tape => "M3 16L16 3l5 5L8 21zM7 12l2 2M10 9l3 3M13 6l2 2",
            Self::Lock => "M5 11h14v10H5zM8 11V7a4 4 0 0 1 8 0v4",
            Self::Wand => "M4 20L16 8M14 4v3M20 10h-3M18 4l-2 2M8 4v2M5 7h2",
            Self::List => "M8 6h13M8 12h13M8 18h13M3 6h1M3 12h1M3 18h1",
            Self::Rectangle => "M4 6h16v12H4z",
            Self::Polygon => "M5 9l8-5 7 6-3 10H8z",
            Self::Lane => "M7 3v18M17 3v18M12 4v3M12 10v4M12 17v3",
            Self::Print => "M7 9V3h10v6M7 17H4V9h16v8h-3M7 14h10v7H7z",
        }
    }
}

/// An icon in the colour of its text, hidden from screen readers: the words beside it say the same.
pub fn icon(which: Icon) -> impl IntoView {
    view! {
        <svg class="icon" viewBox="0 0 24 24" width="18" height="18" aria-hidden="true">
            <path d=which.path() fill="none" stroke="currentColor" stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round"/>
        </svg>
    }
}
