//! The part of the Runtime API that `SnapStart` adds: a process is started once, stored, and
//! restored many times.
//!
//! Source: <https://docs.aws.amazon.com/lambda/latest/dg/snapstart-runtime-hooks.html>

use super::client::{Client, Posted, refused};
use super::error::RuntimeApiError;
use crate::http::Interrupted;

const ERROR_TYPE: &str = "Lambda-Runtime-Function-Error-Type";

impl Client {
    /// Say that the process may be stored; returns in the restored one. `interrupted` is as for
    /// [`Self::next`].
    ///
    /// # Errors
    /// Lambda cannot be reached, or refuses, or `interrupted` said `false`.
    pub fn restore_next(&mut self, interrupted: Interrupted<'_>) -> Result<(), RuntimeApiError> {
        let route = "restore";
        self.start("GET", &["/restore/next"]);
        let response = self.send(route, b"", interrupted)?;
        // Its peer is not the one that it was made with.
        self.connection.forget();
        if response.head.status == 200 { Ok(()) } else { Err(refused(route, &response)) }
    }

    /// Tell Lambda that the process cannot be stored.
    ///
    /// # Errors
    /// Lambda cannot be reached, or refuses.
    pub fn fail_snapshot(&mut self, body: &[u8]) -> Result<Posted, RuntimeApiError> {
        self.start("POST", &["/init/error"]);
        self.header("Content-Type", "application/json");
        self.header(ERROR_TYPE, "Runtime.BeforeSnapshotError");
        self.post("init error", body)
    }

    /// Tell Lambda that the restored process cannot go on.
    ///
    /// # Errors
    /// Lambda cannot be reached, or refuses.
    pub fn fail_restore(&mut self, body: &[u8]) -> Result<Posted, RuntimeApiError> {
        self.start("POST", &["/restore/error"]);
        self.header("Content-Type", "application/json");
        self.header(ERROR_TYPE, "Runtime.AfterRestoreError");
        self.post("restore error", body)
    }
}
