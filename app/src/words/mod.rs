//! Every text that a person reads, Chinese and English side by side. A missing key does not compile.

use serde::{Deserialize, Serialize};

pub mod appeal;
pub mod arrange;
pub mod board;
pub mod booking;
pub mod breach;
pub mod bulletin;
pub mod call;
pub mod cell;
pub mod clash;
pub mod column;
pub mod common;
pub mod contact;
pub mod copy;
pub mod day;
pub mod demand;
pub mod desk;
pub mod duty;
pub mod entry;
pub mod ground;
pub mod handle;
pub mod incident;
pub mod layout;
pub mod operations;
pub mod organizer;
pub mod outbox;
pub mod outside;
pub mod pack;
pub mod people;
pub mod picture;
pub mod poster;
pub mod preflight;
pub mod publish;
pub mod queue;
pub mod quiz;
pub mod rain;
pub mod reach;
pub mod resident;
pub mod screen;
pub mod season;
pub mod sheet;
pub mod staff;
pub mod story;
pub mod tally;
mod telling;
pub mod term;
pub mod thanks;
pub mod told;
pub mod trail;
pub mod trend;
pub mod trust;
pub mod unit;
pub mod vetting;
pub mod weather;

#[cfg(test)]
mod plain;

/// The language of a page.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Lang {
    /// 中文
    #[default]
    Zh,
    /// English
    En,
}

impl Lang {
    /// The value of the `lang` attribute.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Zh => "zh-CN",
            Self::En => "en",
        }
    }

    /// Reads the value of the `lang` cookie or of an Accept-Language header.
    pub fn from_tag(text: &str) -> Self {
        if text.trim_start().to_ascii_lowercase().starts_with("en") { Self::En } else { Self::Zh }
    }

    /// One of two texts; for sentences that are put together with `format!`.
    pub fn pick<T>(self, zh: T, en: T) -> T {
        match self {
            Self::Zh => zh,
            Self::En => en,
        }
    }
}

/// A table of texts: one line a key, `key "中文" "English";`.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($key:ident $zh:literal $en:literal;)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, Debug)]
        pub struct $name(pub $crate::words::Lang);

        impl $name {
            /// Every key with its Chinese text.
            #[cfg(test)]
            pub const ALL: &'static [(&'static str, &'static str)] = &[$((stringify!($key), $zh)),*];

            $(
                #[doc = $zh]
                pub const fn $key(self) -> &'static str {
                    match self.0 {
                        $crate::words::Lang::Zh => $zh,
                        $crate::words::Lang::En => $en,
                    }
                }
            )*
        }
    };
}
pub(crate) use words;
