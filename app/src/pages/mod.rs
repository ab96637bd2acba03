//! Server-rendered pages: functions from data to a whole page. They ask nothing; routes bring the data.

pub mod appeals;
pub mod board;
pub mod bulletin;
pub mod call;
pub mod day;
pub mod door;
pub mod entry;
pub mod feed;
pub mod frame;
pub mod ground;
pub mod guest;
pub mod holiday;
pub mod layout;
pub mod live;
pub mod month;
pub mod plan;
pub mod poster;
pub mod rain;
pub mod refused;
pub mod resident;
pub mod screen;
pub mod season;
pub mod series;
pub mod staff;
pub mod unit;
pub mod version;
