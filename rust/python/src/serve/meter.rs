//! The runtime's own metrics, for a function that asks for them.

use std::env;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use pyo3::prelude::*;
use sparta_core::emf::{Metric, Value};

use super::observed::write_metrics;

/// Takes the time of each event's stages.
pub(super) struct Meter {
    namespace: String,
    dimensions: Vec<(String, String)>,
    init: Mutex<Option<Duration>>,
    laps: Mutex<Laps>,
}

#[derive(Default, Clone, Copy)]
struct Laps {
    started: Option<Instant>,
    decoded: Option<Instant>,
    handled: Option<Instant>,
}

/// The end of a stage.
#[derive(Clone, Copy)]
pub(super) enum Stage {
    Decoded,
    Handled,
}

impl Meter {
    /// `init` is how long the start of the function took.
    pub(super) fn new(py: Python<'_>, init: Duration) -> PyResult<Self> {
        let function = env::var("AWS_LAMBDA_FUNCTION_NAME").unwrap_or_default();
        let namespace = py.import("sparta.runtime.metric")?.call_method0("default_namespace")?;
        Ok(Self {
            namespace: namespace.extract()?,
            dimensions: vec![("FunctionName".to_owned(), function)],
            init: Mutex::new(Some(init)),
            laps: Mutex::default(),
        })
    }

    /// An event has arrived.
    pub(super) fn begin(&self) {
        *self.laps() = Laps { started: Some(Instant::now()), ..Laps::default() };
    }

    /// A stage is over.
    pub(super) fn end_of(&self, stage: Stage) {
        let mut laps = self.laps();
        match stage {
            Stage::Decoded => laps.decoded = Some(Instant::now()),
            Stage::Handled => laps.handled = Some(Instant::now()),
        }
    }

    /// Write what was measured of this event; stages that it did not come to are left out.
    pub(super) fn write(
        &self,
        py: Python<'_>,
        request_bytes: usize,
        response_bytes: usize,
    ) -> PyResult<()> {
        let end = Instant::now();
        let laps = *self.laps();
        let init = self.init.lock().unwrap_or_else(PoisonError::into_inner).take();
        let mut metrics = vec![metric("ColdStart", "Count", Value::Whole(init.is_some().into()))];
        if let Some(init) = init {
            let milliseconds = Value::Real((init.as_secs_f64() * 1e6).round() / 1e3);
            metrics.push(metric("InitDuration", "Milliseconds", milliseconds));
        }
        for (name, from, to) in [
            ("DecodeDuration", laps.started, laps.decoded),
            ("HandlerDuration", laps.decoded, laps.handled),
            ("EncodeDuration", laps.handled, Some(end)),
        ] {
            if let (Some(from), Some(to)) = (from, to) {
                let microseconds = (to - from).as_micros();
                let value = Value::Whole(i64::try_from(microseconds).unwrap_or(i64::MAX));
                metrics.push(metric(name, "Microseconds", value));
            }
        }
        for (name, size) in [("RequestSize", request_bytes), ("ResponseSize", response_bytes)] {
            let value = Value::Whole(i64::try_from(size).unwrap_or(i64::MAX));
            metrics.push(metric(name, "Bytes", value));
        }
        write_metrics(py, &self.namespace, &self.dimensions, &metrics)
    }

    fn laps(&self) -> std::sync::MutexGuard<'_, Laps> {
        self.laps.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn metric(name: &str, unit: &str, value: Value) -> Metric {
    Metric { name: name.to_owned(), unit: unit.to_owned(), value }
}
