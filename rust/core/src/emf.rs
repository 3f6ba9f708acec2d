//! Metrics as log lines: `CloudWatch`'s embedded metric format.
//!
//! Source: <https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html>

use std::time::{SystemTime, UNIX_EPOCH};

use crate::json::{Charset, write_float, write_string};

/// The value of a metric.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Value {
    /// A whole number
    Whole(i64),
    /// Any number; finite
    Real(f64),
}

/// One metric.
#[derive(Debug, Clone, PartialEq)]
pub struct Metric {
    /// Its name
    pub name: String,
    /// One of `CloudWatch`'s units
    pub unit: String,
    /// Its value
    pub value: Value,
}

/// Return the line for `metrics`, with its end. All have the same dimensions; no name may come
/// twice, whether of a metric or of a dimension.
pub fn line(
    time: SystemTime,
    namespace: &str,
    dimensions: &[(String, String)],
    metrics: &[Metric],
) -> String {
    let mut out = Vec::with_capacity(256);
    let milliseconds = time.duration_since(UNIX_EPOCH).unwrap_or_default().as_millis();
    out.extend_from_slice(format!("{{\"_aws\": {{\"Timestamp\": {milliseconds}").as_bytes());
    out.extend_from_slice(b", \"CloudWatchMetrics\": [{\"Namespace\": ");
    string(&mut out, namespace);
    out.extend_from_slice(b", \"Dimensions\": [[");
    for (index, (name, _)) in dimensions.iter().enumerate() {
        separate(&mut out, index);
        string(&mut out, name);
    }
    out.extend_from_slice(b"]], \"Metrics\": [");
    for (index, metric) in metrics.iter().enumerate() {
        separate(&mut out, index);
        out.extend_from_slice(b"{\"Name\": ");
        string(&mut out, &metric.name);
        out.extend_from_slice(b", \"Unit\": ");
        string(&mut out, &metric.unit);
        out.push(b'}');
    }
    out.extend_from_slice(b"]}]}");
    for (name, value) in dimensions {
        member(&mut out, name);
        string(&mut out, value);
    }
    for metric in metrics {
        member(&mut out, &metric.name);
        match metric.value {
            Value::Whole(value) => {
                out.extend_from_slice(itoa::Buffer::new().format(value).as_bytes());
            }
            Value::Real(value) => write_float(&mut out, value),
        }
    }
    out.extend_from_slice(b"}\n");
    String::from_utf8_lossy(&out).into_owned()
}

fn string(out: &mut Vec<u8>, text: &str) {
    write_string(out, text, Charset::Utf8);
}

fn separate(out: &mut Vec<u8>, index: usize) {
    if index > 0 {
        out.extend_from_slice(b", ");
    }
}

fn member(out: &mut Vec<u8>, name: &str) {
    out.extend_from_slice(b", ");
    string(out, name);
    out.extend_from_slice(b": ");
}

#[cfg(test)]
mod tests {
    use super::{Metric, Value, line};
    use std::time::{Duration, UNIX_EPOCH};

    #[test]
    fn writes_one_line() {
        let time = UNIX_EPOCH + Duration::from_millis(5);
        let metric = |name: &str, unit: &str, value| Metric {
            name: name.to_owned(),
            unit: unit.to_owned(),
            value,
        };
        let metrics =
            [metric("Orders", "Count", Value::Whole(-1)), metric("Time", "None", Value::Real(0.5))];
        let dimensions = [("kind".to_owned(), "è".to_owned()), ("x".to_owned(), "1".to_owned())];
        let expected = r#"{"_aws": {"Timestamp": 5, "CloudWatchMetrics": [{"Namespace": "Shop", "Dimensions": [["kind", "x"]], "Metrics": [{"Name": "Orders", "Unit": "Count"}, {"Name": "Time", "Unit": "None"}]}]}, "kind": "è", "x": "1", "Orders": -1, "Time": 0.5}"#;
        assert_eq!(line(time, "Shop", &dimensions, &metrics).trim_end(), expected);
    }

    #[test]
    fn needs_no_dimension() {
        let text = line(UNIX_EPOCH, "a", &[], &[]);
        assert!(text.contains(r#""Dimensions": [[]], "Metrics": []"#));
    }
}
