//! Schemas, read once from the tuples that `sparta.runtime.schema` makes.

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::{PyString, PyTuple};

/// What a value has to be.
#[derive(Debug)]
pub(crate) enum Kind {
    Any,
    Str,
    Int,
    Float,
    Bool,
    None,
    Bytes,
    Text,
    List(Box<Self>),
    Tuple(Box<Self>),
    Dict(Box<Self>),
    Optional(Box<Self>),
    Union(Vec<Self>),
    Literal(Vec<Py<PyAny>>),
    /// An object; its index in [`Schema::objects`]
    Object(usize),
    /// Another library converts it.
    Foreign(Py<PyAny>),
}

/// One member of an object.
#[derive(Debug)]
pub(super) struct Field {
    pub(super) name: Py<PyString>,
    pub(super) text: String,
    pub(super) kind: Kind,
    pub(super) required: bool,
}

/// An object, and what makes a Python value of its members.
#[derive(Debug)]
pub(super) struct Object {
    pub(super) make: Py<PyAny>,
    pub(super) fields: Vec<Field>,
}

/// A schema with all the objects in it, so that one may refer to another that encloses it.
#[derive(Debug)]
pub(crate) struct Schema {
    /// What the whole value has to be
    pub(crate) root: Kind,
    pub(super) objects: Vec<Object>,
}

impl Schema {
    /// Read a schema.
    ///
    /// Raises `ValueError` for a tuple that is none.
    pub(crate) fn of(tuple: &Bound<'_, PyTuple>) -> PyResult<Self> {
        let mut objects = Vec::new();
        let root = kind(tuple, &mut objects)?;
        Ok(Self { root, objects })
    }
}

fn kind(tuple: &Bound<'_, PyTuple>, objects: &mut Vec<Object>) -> PyResult<Kind> {
    let name = tuple.get_item(0)?;
    let name = name.cast::<PyString>()?.to_str()?;
    Ok(match name {
        "any" => Kind::Any,
        "str" => Kind::Str,
        "int" => Kind::Int,
        "float" => Kind::Float,
        "bool" => Kind::Bool,
        "none" => Kind::None,
        "bytes" => Kind::Bytes,
        "text" => Kind::Text,
        "list" => Kind::List(inner(tuple, objects)?),
        "tuple" => Kind::Tuple(inner(tuple, objects)?),
        "dict" => Kind::Dict(inner(tuple, objects)?),
        "optional" => Kind::Optional(inner(tuple, objects)?),
        "union" => {
            let members = tuple.get_item(1)?.try_iter()?;
            let each = members.map(|member| kind(member?.cast()?, objects));
            Kind::Union(each.collect::<PyResult<_>>()?)
        }
        "literal" => {
            let values = tuple.get_item(1)?.try_iter()?;
            Kind::Literal(values.map(|value| Ok(value?.unbind())).collect::<PyResult<_>>()?)
        }
        "object" => Kind::Object(object(tuple, objects)?),
        "ref" => Kind::Object(enclosing(tuple, objects)?),
        "foreign" => Kind::Foreign(tuple.get_item(1)?.unbind()),
        _ => return Err(PyValueError::new_err(format!("there is no schema {name:?}"))),
    })
}

fn inner(tuple: &Bound<'_, PyTuple>, objects: &mut Vec<Object>) -> PyResult<Box<Kind>> {
    Ok(Box::new(kind(tuple.get_item(1)?.cast()?, objects)?))
}

/// Read an object; its place is taken before its fields are read, which may refer to it.
fn object(tuple: &Bound<'_, PyTuple>, objects: &mut Vec<Object>) -> PyResult<usize> {
    let index = objects.len();
    objects.push(Object { make: tuple.get_item(1)?.unbind(), fields: Vec::new() });
    let mut fields = Vec::new();
    for field in tuple.get_item(2)?.try_iter()? {
        let (name, schema, required) =
            field?.extract::<(Bound<'_, PyString>, Bound<'_, PyTuple>, bool)>()?;
        let text = name.to_str()?.to_owned();
        let kind = kind(&schema, objects)?;
        fields.push(Field { name: name.unbind(), text, kind, required });
    }
    if let Some(object) = objects.get_mut(index) {
        object.fields = fields;
    }
    Ok(index)
}

fn enclosing(tuple: &Bound<'_, PyTuple>, objects: &[Object]) -> PyResult<usize> {
    let make = tuple.get_item(1)?;
    let found = objects.iter().rposition(|object| object.make.is(&make));
    found.ok_or_else(|| PyValueError::new_err("a schema refers to an object that is not around it"))
}
