//! A panic of a function is an error that Lambda is told of; the process goes on.

use std::any::Any;
use std::cell::RefCell;
use std::panic::{AssertUnwindSafe, catch_unwind, set_hook, take_hook};
use std::sync::Once;

use sparta_core::fault::Fault;
use sparta_core::stack::Frame;

static HOOK: Once = Once::new();

thread_local! {
    static CALL: RefCell<Call> = const { RefCell::new(Call::None) };
}

/// What runs on a thread.
#[derive(Default)]
enum Call {
    /// No function
    #[default]
    None,
    /// A function, without a panic so far
    Running,
    /// A function that panicked here
    Panicked(Frame),
}

/// Run `work`; a panic in it is a fault of the type `Panic`.
pub(crate) fn caught<T>(work: impl FnOnce() -> Result<T, Box<Fault>>) -> Result<T, Box<Fault>> {
    HOOK.call_once(keep_places);
    CALL.set(Call::Running);
    // What `work` leaves half-done is the function's own business, as in any thread that panics.
    let outcome = catch_unwind(AssertUnwindSafe(work));
    let place = match CALL.take() {
        Call::Panicked(frame) => Some(frame),
        Call::None | Call::Running => None,
    };
    outcome.unwrap_or_else(|panic| {
        let message = text_of(panic.as_ref()).to_owned();
        let stack = place.iter().map(|frame| {
            let line = frame.line.unwrap_or_default();
            format!("  File \"{}\", line {line}, in {}\n", frame.file, frame.name)
        });
        Err(Box::new(Fault {
            error_type: "Panic".to_owned(),
            message,
            stack: stack.collect(),
            frames: place.into_iter().collect(),
            ..Fault::default()
        }))
    })
}

/// Keep the place of a panic in a function, whose fault will be logged; others, such as those of
/// its threads, go on being printed.
fn keep_places() {
    let before = take_hook();
    set_hook(Box::new(move |panic| {
        let is_ours = CALL.with_borrow_mut(|call| {
            if let (Call::Running, Some(location)) = (&*call, panic.location()) {
                *call = Call::Panicked(Frame {
                    file: location.file().to_owned(),
                    line: usize::try_from(location.line()).ok(),
                    name: "panic".to_owned(),
                });
            }
            !matches!(call, Call::None)
        });
        if !is_ours {
            before(panic);
        }
    }));
}

fn text_of(panic: &(dyn Any + Send)) -> &str {
    let text = panic.downcast_ref::<&str>().copied();
    text.or_else(|| panic.downcast_ref::<String>().map(String::as_str)).unwrap_or("unknown panic")
}
