//! When to ask again: what a server asks for, else ever longer pauses that differ from one client to the next.

use std::time::Duration;

use jiff::Timestamp;

/// The first pause; each further one is twice as long.
const FIRST: Duration = Duration::from_millis(500);

/// The longest pause that nobody asked for.
const LONGEST: Duration = Duration::from_secs(20);

/// Time as the client sees it, so that a test need not wait.
pub trait Clock: Send + Sync {
    /// What time it is.
    fn now(&self) -> Timestamp;
    /// Lets `pause` pass.
    fn sleep(&self, pause: Duration);
    /// Any number from 0 to 1.
    fn chance(&self) -> f64;
}

/// The machine's clock.
#[derive(Debug, Clone, Copy)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }

    fn sleep(&self, pause: Duration) {
        std::thread::sleep(pause);
    }

    fn chance(&self) -> f64 {
        fastrand::f64()
    }
}

/// The pause after so many attempts: doubled each time, and between half and the whole of that by chance, so that many
/// clients that were turned away together do not come back together.
pub(super) fn back_off(attempt: u32, chance: f64) -> Duration {
    let whole = FIRST.saturating_mul(1 << attempt.saturating_sub(1).min(16)).min(LONGEST);
    whole.mul_f64(0.5 + chance.clamp(0.0, 1.0) / 2.0)
}

/// The pause that a `Retry-After` header asks for (RFC 9110, 10.2.3): seconds, or a date.
pub(super) fn asked(header: &str, now: Timestamp) -> Option<Duration> {
    let header = header.trim();
    if let Ok(seconds) = header.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let date = jiff::fmt::rfc2822::parse(header).ok()?.timestamp();
    Some(Duration::try_from(date.duration_since(now)).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_within_bounds() {
        let pause = |attempt, chance| back_off(attempt, chance).as_millis();
        assert_eq!([pause(1, 0.0), pause(1, 1.0), pause(2, 1.0), pause(3, 0.0)], [250, 500, 1000, 1000]);
        assert_eq!([pause(40, 1.0), pause(u32::MAX, 9.0)], [20_000, 20_000]);
    }

    #[test]
    fn servers_ask_in_seconds_and_by_date() {
        let now: Timestamp = "2026-08-01T12:00:00Z".parse().unwrap();
        let seconds = |header| asked(header, now).map(|pause| pause.as_secs());
        assert_eq!(seconds("120"), Some(120));
        assert_eq!(seconds("Sat, 01 Aug 2026 12:00:30 GMT"), Some(30));
        assert_eq!(seconds("Sat, 01 Aug 2026 11:00:00 GMT"), Some(0));
        for nonsense in ["", "soon", "-1", "1e9", "99999999999999999999999"] {
            assert_eq!(seconds(nonsense), None, "{nonsense}");
        }
    }
}
