//! Acts on modules right after their import, without importing them itself.

use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::PyList;

use super::awslambdaric;
use super::logging::LogSetup;

/// A finder in front of all others, which waits for the modules it cares about.
#[pyclass(frozen, module = "_sparta")]
pub(super) struct ImportHook {
    logging: Py<LogSetup>,
}

impl ImportHook {
    /// Watch imports from now on; a module that is loaded already is acted on at once.
    pub(super) fn install(py: Python<'_>, logging: Py<LogSetup>) -> PyResult<()> {
        let sys = crate::interpreter::sys(py)?;
        let modules = sys.getattr(intern!(py, "modules"))?;
        let hook = Bound::new(py, Self { logging })?;
        for name in WATCHED {
            if modules.contains(name)? {
                act(&hook, name, &modules.get_item(name)?)?;
            }
        }
        sys.getattr(intern!(py, "meta_path"))?.cast::<PyList>()?.insert(0, hook)
    }
}

const LOGGING: &str = "logging";
const WATCHED: [&str; 2] = [LOGGING, awslambdaric::CONTEXT_MODULE];

fn act(hook: &Bound<'_, ImportHook>, name: &str, module: &Bound<'_, PyAny>) -> PyResult<()> {
    match name {
        LOGGING => hook.get().logging.get().apply(module),
        _ => awslambdaric::provide_context(module),
    }
}

#[pymethods]
impl ImportHook {
    /// Find a watched module by the other finders, and see to it that its execution is noticed.
    #[pyo3(signature = (name, path=None, target=None))]
    fn find_spec<'py>(
        slf: &Bound<'py, Self>,
        name: &str,
        path: Option<&Bound<'py, PyAny>>,
        target: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Option<Bound<'py, PyAny>>> {
        if !WATCHED.contains(&name) {
            return Ok(None);
        }
        let py = slf.py();
        let finders = crate::interpreter::sys(py)?.getattr(intern!(py, "meta_path"))?;
        for finder in finders.cast::<PyList>()?.iter().filter(|finder| !finder.is(slf)) {
            let Some(find) = finder.getattr_opt(intern!(py, "find_spec"))? else { continue };
            let spec = find.call1((name, path, target))?;
            if !spec.is_none() {
                let loader = spec.getattr(intern!(py, "loader"))?;
                let execute = loader.getattr(intern!(py, "exec_module"))?.unbind();
                let hook = slf.clone().unbind();
                let loader = loader.unbind();
                let noticed = NoticedExecution { hook, name: name.to_owned(), loader, execute };
                spec.getattr(intern!(py, "loader"))?
                    .setattr("exec_module", Bound::new(py, noticed)?)?;
                return Ok(Some(spec));
            }
        }
        Ok(None)
    }
}

/// Stands in for a loader's `exec_module`, once.
#[pyclass(frozen, module = "_sparta")]
struct NoticedExecution {
    hook: Py<ImportHook>,
    name: String,
    loader: Py<PyAny>,
    execute: Py<PyAny>,
}

#[pymethods]
impl NoticedExecution {
    fn __call__(&self, module: &Bound<'_, PyAny>) -> PyResult<()> {
        let py = module.py();
        self.loader.bind(py).delattr("exec_module")?;
        self.execute.call1(py, (module,))?;
        act(self.hook.bind(py), &self.name, module)
    }
}
