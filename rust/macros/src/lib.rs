//! The attribute of `sparta-sdk`; see there.

use proc_macro::TokenStream;
use proc_macro2::{Span, TokenStream as Tokens};
use quote::quote;
use syn::spanned::Spanned;
use syn::{Error, FnArg, ItemFn, ReturnType, Safety, parse_macro_input};

/// Make a function one that Lambda can invoke: `sparta.RustCrate(...).function("its_name")`.
///
/// It takes nothing, an event, or an event and a `&sparta::Context`, and returns
/// `Result<T, E>`: `T` is anything that `serde` can serialise, `E` a `sparta::Error` or an error that
/// becomes one. The event is anything that `serde` can deserialise, or a `sparta::Request`.
///
/// The function itself stays as it is: tests call it like any other.
#[proc_macro_attribute]
pub fn function(arguments: TokenStream, item: TokenStream) -> TokenStream {
    let function = parse_macro_input!(item as ItemFn);
    let registered = without_arguments(&arguments.into())
        .and_then(|()| registration(&function))
        .unwrap_or_else(|error| error.to_compile_error());
    // The user's own function comes first and unchanged, whatever is wrong with it.
    quote!(#function #registered).into()
}

fn without_arguments(arguments: &Tokens) -> Result<(), Error> {
    if arguments.is_empty() {
        return Ok(());
    }
    let what = "#[sparta::function] takes no arguments: its memory, triggers and grants are said in \
                Python, by `RustCrate.function(...)`";
    Err(Error::new(arguments.span(), what))
}

fn registration(function: &ItemFn) -> Result<Tokens, Error> {
    let signature = &function.sig;
    refuse(
        signature.asyncness.as_ref().map(Spanned::span),
        "no `async fn`: block on a runtime of yours",
    )?;
    let safety = (!matches!(signature.safety, Safety::Default)).then(|| signature.safety.span());
    refuse(safety, "it is called without a promise: no keyword of safety")?;
    refuse(signature.abi.as_ref().map(Spanned::span), "no `extern fn`")?;
    let generics = &signature.generics;
    let is_generic =
        generics.type_params().next().is_some() || generics.const_params().next().is_some();
    refuse(
        is_generic.then(|| generics.span()),
        "no generic function: which one would Lambda call?",
    )?;
    let ReturnType::Type(_, result) = &signature.output else {
        let what = "a Lambda function returns a Result, such as `Result<(), sparta::Error>`";
        return Err(Error::new(signature.ident.span(), what));
    };
    let mut types = Vec::new();
    for argument in &signature.inputs {
        match argument {
            FnArg::Typed(argument) => types.push(&*argument.ty),
            FnArg::Receiver(receiver) => {
                return Err(Error::new(receiver.span(), "a Lambda function has no `self`"));
            }
        }
    }
    let name = &signature.ident;
    // Both types are named, so that the compiler says there, not here, what they lack.
    let call = match *types {
        [] => {
            let any = quote!(::sparta::__private::Ignored);
            quote!(::sparta::__private::answer::<#any, #result>(invocation, |_, _| #name()))
        }
        [event] => quote! {
            ::sparta::__private::answer::<#event, #result>(invocation, |event, _| #name(event))
        },
        [event, _] => quote! {
            ::sparta::__private::answer::<#event, #result>(
                invocation,
                |event, context| #name(event, context),
            )
        },
        [_, _, third, ..] => {
            let what = "a Lambda function takes an event and a context, nothing else";
            return Err(Error::new(third.span(), what));
        }
    };
    let text = name.to_string();
    Ok(quote! {
        const _: () = {
            fn call(
                invocation: &::sparta::__private::Invocation,
            ) -> ::sparta::__private::Called {
                #call
            }
            ::sparta::__private::submit! {
                ::sparta::__private::Function {
                    manifest: ::core::concat!(
                        "\u{2}sparta-function\u{1f}", #text, "\u{1f}",
                        ::core::file!(), ":", ::core::line!(), "\u{3}"
                    ),
                    call,
                }
            }
        };
    })
}

fn refuse(found: Option<Span>, what: &str) -> Result<(), Error> {
    found.map_or(Ok(()), |span| Err(Error::new(span, format!("#[sparta::function]: {what}"))))
}
