//! The walk through a value and its schema.

use pyo3::exceptions::{PyRecursionError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyBytes, PyDict, PyFloat, PyInt, PyList, PyString};

use super::schema::{Kind, Object, Schema};
use super::words::{expected_words, literal_text, word_of};
use super::{Path, Problem, Problems};

/// How deep a typed value may be: as deep as Python can follow it.
const DEPTH_LIMIT: usize = 200;

/// Return `value` as `schema` wants it, or all problems. A Python error is one of a class of the
/// user's that is no `ValueError`.
pub(super) fn decode<'py>(
    schema: &Schema,
    value: &Bound<'py, PyAny>,
    path: &str,
) -> PyResult<Result<Bound<'py, PyAny>, Vec<Problem>>> {
    let py = value.py();
    let mut decoding =
        Decoding { py, objects: &schema.objects, problems: Problems::default(), depth: 0 };
    let result = match decoding.value(&schema.root, value, &Path::Root(path)) {
        Err(error) if error.is_instance_of::<PyRecursionError>(py) => {
            let what = "nested too deeply".to_owned();
            return Ok(Err(vec![Problem { place: path.to_owned(), what }]));
        }
        result => result?,
    };
    Ok(match result {
        Some(result) if decoding.problems.0.is_empty() => Ok(result),
        _ => Err(decoding.problems.0),
    })
}

/// `None` where a value does not fit and the problem is noted.
type Decoded<'py> = PyResult<Option<Bound<'py, PyAny>>>;

struct Decoding<'py, 'a> {
    py: Python<'py>,
    objects: &'a [Object],
    problems: Problems,
    depth: usize,
}

impl<'py> Decoding<'py, '_> {
    fn value(&mut self, kind: &Kind, value: &Bound<'py, PyAny>, path: &Path<'_>) -> Decoded<'py> {
        let fits = match kind {
            Kind::Any => true,
            Kind::Str | Kind::Text => value.is_exact_instance_of::<PyString>(),
            Kind::Int => value.is_exact_instance_of::<PyInt>(),
            Kind::Bool => value.is_exact_instance_of::<PyBool>(),
            Kind::None => value.is_none(),
            Kind::Bytes => value.is_exact_instance_of::<PyBytes>(),
            _ => return self.composed(kind, value, path),
        };
        if fits { Ok(Some(value.clone())) } else { self.mismatch(kind, value, path) }
    }

    fn composed(
        &mut self,
        kind: &Kind,
        value: &Bound<'py, PyAny>,
        path: &Path<'_>,
    ) -> Decoded<'py> {
        if self.depth == DEPTH_LIMIT {
            return Err(PyRecursionError::new_err("nested too deeply"));
        }
        self.depth += 1;
        let result = match kind {
            Kind::Float => self.float(kind, value, path),
            Kind::List(item) => self.list(kind, item, value, path),
            Kind::Tuple(item) => match self.list(kind, item, value, path)? {
                Some(list) => Ok(Some(list.cast::<PyList>()?.to_tuple().into_any())),
                None => Ok(None),
            },
            Kind::Dict(inner) => self.dict(kind, inner, value, path),
            Kind::Optional(inner) if !value.is_none() => self.value(inner, value, path),
            Kind::Union(members) => self.union(kind, members, value, path),
            Kind::Literal(allowed) => self.literal(allowed, value, path),
            Kind::Object(index) => match self.objects.get(*index) {
                Some(object) => self.object(kind, object, value, path),
                None => Ok(None),
            },
            Kind::Foreign(convert) => self.made(convert.bind(self.py).call1((value,)), path),
            _ => Ok(Some(self.py.None().into_bound(self.py))),
        };
        self.depth -= 1;
        result
    }

    fn float(&mut self, kind: &Kind, value: &Bound<'py, PyAny>, path: &Path<'_>) -> Decoded<'py> {
        if value.is_exact_instance_of::<PyFloat>() {
            return Ok(Some(value.clone()));
        }
        // An int too large for a float is a mismatch.
        match value.cast_exact::<PyInt>().map(|number| number.extract::<f64>()) {
            Ok(Ok(number)) => Ok(Some(PyFloat::new(self.py, number).into_any())),
            _ => self.mismatch(kind, value, path),
        }
    }

    fn list(
        &mut self,
        kind: &Kind,
        item: &Kind,
        value: &Bound<'py, PyAny>,
        path: &Path<'_>,
    ) -> Decoded<'py> {
        let Ok(list) = value.cast_exact::<PyList>() else {
            return self.mismatch(kind, value, path);
        };
        let decoded = PyList::empty(self.py);
        for (index, each) in list.iter().enumerate() {
            if let Some(each) = self.value(item, &each, &Path::Item(path, index))? {
                decoded.append(each)?;
            }
        }
        Ok(Some(decoded.into_any()))
    }

    fn dict(
        &mut self,
        kind: &Kind,
        inner: &Kind,
        value: &Bound<'py, PyAny>,
        path: &Path<'_>,
    ) -> Decoded<'py> {
        let Ok(dict) = value.cast_exact::<PyDict>() else {
            return self.mismatch(kind, value, path);
        };
        let decoded = PyDict::new(self.py);
        for (key, each) in dict.iter() {
            let name = crate::text::lossless(key.cast::<PyString>()?)?;
            if let Some(each) = self.value(inner, &each, &Path::Member(path, &name))? {
                decoded.set_item(&key, each)?;
            }
        }
        Ok(Some(decoded.into_any()))
    }

    /// The first member that fits; if none does, the problems of the first that takes values of
    /// this type at all.
    fn union(
        &mut self,
        kind: &Kind,
        members: &[Kind],
        value: &Bound<'py, PyAny>,
        path: &Path<'_>,
    ) -> Decoded<'py> {
        let word = word_of(value)?;
        let mut nearest = None;
        for member in members {
            let kept = std::mem::take(&mut self.problems);
            let result = self.value(member, value, path);
            let found = std::mem::replace(&mut self.problems, kept);
            if found.0.is_empty() {
                return result;
            }
            result?;
            if nearest.is_none() {
                let mut words = Vec::new();
                expected_words(self.py, member, &mut words)?;
                if matches!(member, Kind::Foreign(_)) || words.contains(&word) {
                    nearest = Some(found);
                }
            }
        }
        let Some(nearest) = nearest else { return self.mismatch(kind, value, path) };
        nearest.0.into_iter().for_each(|problem| self.problems.keep(problem));
        Ok(None)
    }

    fn literal(
        &mut self,
        allowed: &[Py<PyAny>],
        value: &Bound<'py, PyAny>,
        path: &Path<'_>,
    ) -> Decoded<'py> {
        for each in allowed {
            let each = each.bind(self.py);
            if each.get_type().is(value.get_type()) && each.eq(value)? {
                return Ok(Some(each.clone()));
            }
        }
        let texts = allowed.iter().map(|each| literal_text(each.bind(self.py)));
        let texts = texts.collect::<PyResult<Vec<_>>>()?.join(", ");
        self.problems.note(path, format!("expected one of {texts}"));
        Ok(None)
    }

    fn object(
        &mut self,
        kind: &Kind,
        object: &Object,
        value: &Bound<'py, PyAny>,
        path: &Path<'_>,
    ) -> Decoded<'py> {
        let Ok(dict) = value.cast_exact::<PyDict>() else {
            return self.mismatch(kind, value, path);
        };
        let (before, was_full) = (self.problems.0.len(), self.problems.is_full());
        let values = PyDict::new(self.py);
        for field in &object.fields {
            let place = Path::Member(path, &field.text);
            match dict.get_item(field.name.bind(self.py))? {
                Some(each) => {
                    if let Some(each) = self.value(&field.kind, &each, &place)? {
                        values.set_item(field.name.bind(self.py), each)?;
                    }
                }
                None if field.required => self.problems.note(&place, "missing"),
                None => {}
            }
        }
        if was_full || self.problems.0.len() > before {
            return Ok(None);
        }
        let made = object.make.bind(self.py).call((), Some(&values));
        self.made(made, path)
    }

    /// What the user's class made; its `ValueError` is a problem.
    fn made(&mut self, made: PyResult<Bound<'py, PyAny>>, path: &Path<'_>) -> Decoded<'py> {
        match made {
            Err(error) if error.is_instance_of::<PyValueError>(self.py) => {
                let text = error.value(self.py).str()?;
                self.problems.note(path, crate::text::lossless(&text)?);
                Ok(None)
            }
            result => result.map(Some),
        }
    }

    fn mismatch(
        &mut self,
        kind: &Kind,
        value: &Bound<'py, PyAny>,
        path: &Path<'_>,
    ) -> Decoded<'py> {
        let mut words = Vec::new();
        expected_words(self.py, kind, &mut words)?;
        let mut distinct: Vec<String> = Vec::new();
        for word in words {
            if !distinct.contains(&word) {
                distinct.push(word);
            }
        }
        let what = format!("expected {}, got {}", distinct.join(" or "), word_of(value)?);
        self.problems.note(path, what);
        Ok(None)
    }
}
