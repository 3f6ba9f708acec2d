//! Handlers of HTTP requests: the body on its way in, the envelope on its way out.
//!
//! The rules and the texts are those of `sparta.runtime.http`, which does the same in Python.

use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyDict, PyInt, PyString};
use sparta_core::base64;
use sparta_core::envelope::Body;
use sparta_core::json::{Charset, write_string};

use super::sendable::check_answer;
use crate::json::{Writer, read_text};
use crate::typed::{Kind, Problem, Schema, checked, word_of};

const BODY: &str = "body";

/// What is needed for each request; looked up once.
pub(super) struct RequestRules {
    schema: Schema,
    request: Py<PyAny>,
    response: Py<PyAny>,
}

/// A value, or what is wrong with the request.
type Checked<T> = PyResult<Result<T, Vec<Problem>>>;

impl RequestRules {
    pub(super) fn new(py: Python<'_>, schema: Schema) -> PyResult<Self> {
        let request = py.import("sparta.model.request")?.getattr("Request")?.unbind();
        let response = py.import("sparta.model.response")?.getattr("Response")?.unbind();
        Ok(Self { schema, request, response })
    }

    /// Return the `Request` that the handler gets.
    pub(super) fn request<'py>(&self, raw: &Bound<'py, PyDict>) -> Checked<Bound<'py, PyAny>> {
        let py = raw.py();
        match self.body(raw)? {
            Ok(body) => self.request.bind(py).call1((raw, body)).map(Ok),
            Err(problems) => Ok(Err(problems)),
        }
    }

    fn body<'py>(&self, raw: &Bound<'py, PyDict>) -> Checked<Bound<'py, PyAny>> {
        let py = raw.py();
        let kind = &self.schema.root;
        let Some(body) = raw.get_item(intern!(py, "body"))?.filter(|body| !body.is_none()) else {
            return Ok(match kind {
                Kind::Any | Kind::None | Kind::Optional(_) => Ok(py.None().into_bound(py)),
                _ => problem("missing"),
            });
        };
        let Ok(body) = body.cast_exact::<PyString>() else {
            return Ok(problem(format!("expected str, got {}", word_of(&body)?)));
        };
        let kind = if let Kind::Optional(inner) = kind { inner } else { kind };
        if matches!(kind, Kind::Bytes) {
            return Ok(bytes_of(raw, body)?.map(|bytes| PyBytes::new(py, &bytes).into_any()));
        }
        let text = match text_of(raw, body)? {
            Ok(text) => text,
            Err(problems) => return Ok(Err(problems)),
        };
        let is_text = match kind {
            Kind::Str | Kind::Text => true,
            Kind::Any => !is_json(raw)?,
            _ => false,
        };
        if is_text {
            return Ok(Ok(text.into_any()));
        }
        match read_text(&text) {
            Ok(value) => checked(&self.schema, &value, BODY),
            Err(error) if is_unreadable(py, &error) => {
                let what = super::failure::text_of(py, &error);
                Ok(problem(format!("not valid JSON: {what}")))
            }
            Err(error) => Err(error),
        }
    }

    /// Append the envelope for what the handler returned.
    pub(super) fn write(&self, result: &Bound<'_, PyAny>, writer: &mut Writer<'_>) -> PyResult<()> {
        let py = result.py();
        if result.is_instance(self.response.bind(py))? {
            let status = result.getattr(intern!(py, "status"))?;
            let headers = result.getattr(intern!(py, "headers"))?;
            let cookies = result.getattr(intern!(py, "cookies"))?;
            check_answer(&status, &headers, &cookies)?;
            let body = result.getattr(intern!(py, "body"))?;
            return write_envelope(writer, &status, &body, Some(&headers), Some(&cookies));
        }
        if is_envelope(result)? {
            return writer.value(result);
        }
        let status = PyInt::new(py, if result.is_none() { 204 } else { 200 });
        write_envelope(writer, &status, result, None, None)
    }
}

/// The envelope of status 400 that tells the caller everything that is wrong.
pub(super) fn refusal(problems: &[Problem], charset: Charset) -> Vec<u8> {
    let mut body = b"{\"message\": \"The request is not valid\", \"errors\": [".to_vec();
    for (index, problem) in problems.iter().enumerate() {
        if index > 0 {
            body.extend_from_slice(b", ");
        }
        write_string(&mut body, &problem.to_string(), Charset::Utf8);
    }
    body.extend_from_slice(b"]}");
    let text = String::from_utf8_lossy(&body);
    let body = Body::Json(&text);
    let mut out = b"{\"statusCode\": 400, \"headers\": {\"content-type\": \"".to_vec();
    out.extend_from_slice(body.content_type().as_bytes());
    out.extend_from_slice(b"\"}");
    body.write(&mut out, charset);
    out.push(b'}');
    out
}

fn problem<T>(what: impl Into<String>) -> Result<T, Vec<Problem>> {
    Err(vec![Problem { place: BODY.to_owned(), what: what.into() }])
}

/// What Python's JSON readers raise.
fn is_unreadable(py: Python<'_>, error: &PyErr) -> bool {
    error.is_instance_of::<pyo3::exceptions::PyValueError>(py)
        || error.is_instance_of::<pyo3::exceptions::PyRecursionError>(py)
}

fn is_base64(raw: &Bound<'_, PyDict>) -> PyResult<bool> {
    let flag = raw.get_item(intern!(raw.py(), "isBase64Encoded"))?;
    flag.map_or(Ok(false), |flag| flag.is_truthy())
}

fn bytes_of(raw: &Bound<'_, PyDict>, body: &Bound<'_, PyString>) -> Checked<Vec<u8>> {
    let Ok(text) = body.to_str() else { return Ok(problem("not valid UTF-8")) };
    if !is_base64(raw)? {
        return Ok(Ok(text.as_bytes().to_vec()));
    }
    Ok(base64::decode(text.as_bytes()).map_or_else(|| problem("not valid base64"), Ok))
}

fn text_of<'py>(
    raw: &Bound<'py, PyDict>,
    body: &Bound<'py, PyString>,
) -> Checked<Bound<'py, PyString>> {
    if !is_base64(raw)? {
        return Ok(Ok(body.clone()));
    }
    Ok(bytes_of(raw, body)?.and_then(|bytes| match std::str::from_utf8(&bytes) {
        Ok(text) => Ok(PyString::new(raw.py(), text)),
        Err(_) => problem("not valid UTF-8"),
    }))
}

fn is_json(raw: &Bound<'_, PyDict>) -> PyResult<bool> {
    let Some(headers) = raw.get_item(intern!(raw.py(), "headers"))? else { return Ok(false) };
    let Ok(headers) = headers.cast::<PyDict>() else { return Ok(false) };
    for (name, value) in headers.iter() {
        if is_content_type(&name) {
            let value = value.str()?;
            return Ok(crate::text::lossless(&value)?.to_lowercase().contains("json"));
        }
    }
    Ok(false)
}

fn is_content_type(name: &Bound<'_, PyAny>) -> bool {
    let text = name.cast::<PyString>().ok().and_then(|name| name.to_str().ok());
    text.is_some_and(|name| name.eq_ignore_ascii_case("content-type"))
}

/// Say whether a result is an envelope that the handler made itself.
fn is_envelope(result: &Bound<'_, PyAny>) -> PyResult<bool> {
    let Ok(dict) = result.cast::<PyDict>() else { return Ok(false) };
    let status = dict.get_item(intern!(result.py(), "statusCode"))?;
    Ok(status.is_some_and(|status| status.is_exact_instance_of::<PyInt>()))
}

fn write_envelope(
    writer: &mut Writer<'_>,
    status: &Bound<'_, PyAny>,
    body: &Bound<'_, PyAny>,
    headers: Option<&Bound<'_, PyAny>>,
    cookies: Option<&Bound<'_, PyAny>>,
) -> PyResult<()> {
    let mut json = Vec::new();
    let body = body_of(body, &mut json, writer)?;
    writer.raw("{\"statusCode\": ");
    writer.value(status)?;
    writer.raw(", \"headers\": {");
    write_headers(writer, body.as_ref(), headers)?;
    writer.raw("}");
    if let Some(cookies) = cookies
        && cookies.is_truthy()?
    {
        writer.raw(", \"cookies\": ");
        writer.value(cookies)?;
    }
    if let Some(body) = body {
        body.write(writer.out, writer.charset);
    }
    writer.raw("}");
    Ok(())
}

/// Append the handler's headers, after a content type where it gives none.
fn write_headers(
    writer: &mut Writer<'_>,
    body: Option<&Body<'_>>,
    headers: Option<&Bound<'_, PyAny>>,
) -> PyResult<()> {
    let headers = match headers {
        Some(headers) if headers.is_truthy()? => headers_of(headers)?,
        _ => Vec::new(),
    };
    let mut index = 0;
    if let Some(body) = body
        && !headers.iter().any(|(name, _)| is_content_type(name))
    {
        writer.raw("\"content-type\": \"");
        writer.raw(body.content_type());
        writer.raw("\"");
        index = 1;
    }
    for (name, value) in &headers {
        writer.separator(index);
        writer.member(name, value)?;
        index += 1;
    }
    Ok(())
}

type Header<'py> = (Bound<'py, PyAny>, Bound<'py, PyAny>);

fn headers_of<'py>(headers: &Bound<'py, PyAny>) -> PyResult<Vec<Header<'py>>> {
    let items = headers.call_method0(intern!(headers.py(), "items"))?;
    items.try_iter()?.map(|item| item?.extract()).collect()
}

/// The body of a response; `json` holds the text where it has to be made.
fn body_of<'a>(
    body: &'a Bound<'_, PyAny>,
    json: &'a mut Vec<u8>,
    envelope: &Writer<'_>,
) -> PyResult<Option<Body<'a>>> {
    if body.is_none() {
        return Ok(None);
    }
    if let Ok(text) = body.cast::<PyString>() {
        return Ok(Some(Body::Text(text.to_str()?)));
    }
    if let Ok(bytes) = body.cast::<PyBytes>() {
        return Ok(Some(Body::Bytes(bytes.as_bytes())));
    }
    Writer::new(json, Charset::Utf8).extended(envelope.plain_of).value(body)?;
    // The writer writes UTF-8 only.
    Ok(Some(Body::Json(std::str::from_utf8(json).unwrap_or(""))))
}
