//! Clocks. Nothing else in this product asks the machine for the time of the trade.

use std::time::{Instant, SystemTime, UNIX_EPOCH};

use kaishi_domain::Moment;

/// Tells the time.
pub trait Clock: Send + Sync {
    /// Now.
    fn now(&self) -> Moment;
}

/// The machine's clock, shifted by a number of milliseconds (0 in service).
pub struct SystemClock {
    /// Added to the machine's time.
    pub offset: i64,
}

impl Clock for SystemClock {
    fn now(&self) -> Moment {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        Moment::from_millis(i64::try_from(since.as_millis()).unwrap_or(i64::MAX)).plus(self.offset)
    }
}

/// The demo's clock: runs `speed` times as fast from `from` until `until`, then like any other.
pub struct PlayedClock {
    started: Instant,
    from: Moment,
    until: Moment,
    speed: i64,
}

impl PlayedClock {
    /// Starts now.
    pub fn start(from: Moment, until: Moment, speed: i64) -> Self {
        Self { started: Instant::now(), from, until, speed: speed.max(1) }
    }

    fn after(&self, real: i64) -> Moment {
        let fast = self.until.since(self.from) / self.speed;
        if real <= fast { self.from.plus(real * self.speed) } else { self.until.plus(real - fast) }
    }
}

impl Clock for PlayedClock {
    fn now(&self) -> Moment {
        self.after(i64::try_from(self.started.elapsed().as_millis()).unwrap_or(i64::MAX))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_played_morning_is_short_and_then_time_is_itself() {
        let clock = PlayedClock::start(Moment::from_millis(0), Moment::from_millis(9_000), 90);
        assert_eq!(clock.after(10), Moment::from_millis(900));
        assert_eq!(clock.after(100), Moment::from_millis(9_000));
        assert_eq!(clock.after(150), Moment::from_millis(9_050));
    }
}
