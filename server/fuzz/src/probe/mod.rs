//! What strangers may send, one function a kind: it reads the bytes as the server does and asserts what must hold then,
//! whatever they are. libFuzzer bends the bytes (`make fuzz`); the ordinary tests run the same functions over the seeds.

mod batch;
mod bend;
mod ground;
mod image;
mod import;
mod layout;
mod seed;
mod token;

/// A kind of what strangers send.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Target {
    /// Signed tokens, form tickets, numbers and codes that people type.
    Token,
    /// What a staff phone uploads.
    Batch,
    /// A register as CSV or XLSX, holidays as JSON.
    Import,
    /// A layout as a file.
    Layout,
    /// A ground as a file.
    Ground,
    /// A photo.
    Image,
}

impl Target {
    /// Every target.
    pub const ALL: [Self; 6] =
        [Self::Token, Self::Batch, Self::Import, Self::Layout, Self::Ground, Self::Image];

    /// Reads the bytes as the server does, and panics where something does not hold. Whether they got past the door.
    pub fn run(self, bytes: &[u8]) -> bool {
        match self {
            Self::Token => token::run(bytes),
            Self::Batch => batch::run(bytes),
            Self::Import => import::run(bytes),
            Self::Layout => layout::run(bytes),
            Self::Ground => ground::run(bytes),
            Self::Image => image::run(bytes),
        }
    }
}
