//! One browser, and what a person does with it.

mod actions;
mod checks;
mod driver;

use std::sync::atomic::{AtomicUsize, Ordering};

use anyhow::Result;
use thirtyfour::WebDriver;

pub use actions::wait;

/// Size of the window and colour scheme.
#[derive(Clone, Copy, Debug)]
pub struct Look {
    /// Width in CSS pixels.
    pub width: u32,
    /// Height in CSS pixels.
    pub height: u32,
    /// Dark instead of light.
    pub dark: bool,
}

impl Look {
    /// 1440 × 900, light.
    pub const DESKTOP: Self = Self { width: 1440, height: 900, dark: false };
    /// 1440 × 900, dark.
    pub const DESKTOP_DARK: Self = Self { width: 1440, height: 900, dark: true };
    /// 390 × 844, light.
    pub const MOBILE: Self = Self { width: 390, height: 844, dark: false };
    /// 390 × 844, dark.
    pub const MOBILE_DARK: Self = Self { width: 390, height: 844, dark: true };
    /// 320 × 640, light: the narrowest width WCAG 1.4.10 asks for.
    pub const NARROW: Self = Self { width: 320, height: 640, dark: false };

    /// For messages and file names: `390-dark`.
    #[must_use]
    pub fn name(&self) -> String {
        format!("{}-{}", self.width, if self.dark { "dark" } else { "light" })
    }
}

/// A headless Chromium with its own profile.
#[derive(Debug)]
pub struct Browser {
    /// The WebDriver session, for what the helpers do not cover.
    pub driver: WebDriver,
    /// Size and colour scheme.
    pub look: Look,
    process: driver::Process,
    interactions: AtomicUsize,
}

impl Browser {
    /// Starts a browser.
    ///
    /// # Errors
    /// When browser or driver do not start.
    pub async fn start(look: Look) -> Result<Self> {
        Self::start_with(look, &[]).await
    }

    /// Starts a browser with further arguments.
    ///
    /// # Errors
    /// When browser or driver do not start.
    pub async fn start_with(look: Look, arguments: &[&str]) -> Result<Self> {
        let (driver, process) = driver::start(look, arguments).await?;
        Ok(Self { driver, look, process, interactions: AtomicUsize::new(0) })
    }

    /// Ends the browser and its driver.
    pub async fn stop(self) {
        // The driver may be gone already; then there is nothing left to end.
        let _ = self.driver.quit().await;
        self.process.stop().await;
    }

    /// Buttons pressed and fields filled since the start or the last call of this.
    pub fn take_interactions(&self) -> usize {
        self.interactions.swap(0, Ordering::Relaxed)
    }

    fn count_interaction(&self) {
        self.interactions.fetch_add(1, Ordering::Relaxed);
    }
}
