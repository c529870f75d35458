//! What goes wrong in one run.

use std::fmt;

use fastrand::Rng;

/// What the partner does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operation {
    /// Registers.
    Create,
    /// Changes the name.
    Change,
    /// Renews the registration access token.
    Rotate,
    /// Deletes.
    Delete,
}

impl Operation {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Create, Self::Change, Self::Rotate, Self::Delete];

    /// The method of the write.
    #[must_use]
    pub fn method(self) -> &'static str {
        match self {
            Self::Create => "POST",
            Self::Change | Self::Rotate => "PUT",
            Self::Delete => "DELETE",
        }
    }

    /// A few more steps than a page takes for it: a kill behind the last one is no kill.
    fn steps(self) -> usize {
        match self {
            Self::Create => 42,
            Self::Change | Self::Rotate => 40,
            Self::Delete => 34,
        }
    }
}

/// How the server treats a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The connection is closed, and nothing was done.
    DropBefore,
    /// It was done, and the connection is closed without a byte of the answer.
    DropAfter,
    /// It was done, and half of the answer comes.
    Half,
    /// The answer comes late.
    Delay,
    /// Nothing was done, and the answer is 500.
    ErrorBefore,
    /// It was done, and the answer is 500.
    ErrorAfter,
}

impl Kind {
    const ALL: [Self; 6] =
        [Self::DropBefore, Self::DropAfter, Self::Half, Self::Delay, Self::ErrorBefore, Self::ErrorAfter];

    /// Its name for the embedded backend.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::DropBefore => "drop-before",
            Self::DropAfter => "drop-after",
            Self::Half => "half",
            Self::Delay => "delay",
            Self::ErrorBefore => "error-before",
            Self::ErrorAfter => "error-after",
        }
    }
}

/// One request that goes wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The method of the request.
    pub on: &'static str,
    /// What happens to it.
    pub kind: Kind,
}

/// One run.
#[derive(Clone, Copy, Debug)]
pub struct Plan {
    /// What the partner does.
    pub operation: Operation,
    /// What the server does.
    pub fault: Option<Fault>,
    /// At which step the page dies.
    pub kill: Option<usize>,
    /// Whether a second tab does the same at the same moment.
    pub race: bool,
    /// How long the dead page stays open, in milliseconds.
    pub linger_ms: u64,
}

impl Plan {
    /// Draws one. Operations take turns, so that each is seen as often.
    pub fn draw(random: &mut Rng, number: usize) -> Self {
        let operation = Operation::ALL.into_iter().cycle().nth(number % 4).unwrap_or(Operation::Change);
        let fault = (random.u8(0..10) < 6).then(|| Fault {
            on: if random.u8(0..8) == 0 { "GET" } else { operation.method() },
            kind: random.choice(Kind::ALL).unwrap_or(Kind::DropAfter),
        });
        let race = operation != Operation::Create && random.u8(0..6) == 0;
        let kill = (random.u8(0..10) < 7).then(|| random.usize(0..operation.steps()));
        Self { operation, fault, kill, race, linger_ms: random.u64(0..40) }
    }
}

impl fmt::Display for Plan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.operation)?;
        if let Some(fault) = self.fault {
            write!(f, ", {} on {}", fault.kind.name(), fault.on)?;
        }
        if let Some(step) = self.kill {
            write!(f, ", killed at step {step}")?;
        }
        if self.race {
            f.write_str(", two tabs")?;
        }
        Ok(())
    }
}
