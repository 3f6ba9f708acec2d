//! The resources that a function declared with `uses=`.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::OnceLock;

use serde::Deserialize;

const VARIABLE: &str = "SPARTA_DISCOVERY_INFO";

/// What `CloudFormation` filled in for this function.
#[derive(Debug, Default, Deserialize)]
struct Stack {
    #[serde(default, rename = "Resources")]
    resources: BTreeMap<String, Resource>,
}

/// A resource of the stack.
#[derive(Debug, Clone, Deserialize)]
pub struct Resource {
    #[serde(skip)]
    logical_id: String,
    #[serde(flatten)]
    attributes: BTreeMap<String, String>,
}

/// A resource, or an attribute of it, that this function did not declare.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DiscoveryError(String);

impl fmt::Display for DiscoveryError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

impl std::error::Error for DiscoveryError {}

/// Return a resource by its logical id: the first argument of `Table("Orders", ...)` in Python.
///
/// # Errors
/// The function did not declare it with `uses=`, or this is not Lambda.
pub fn resource(logical_id: &str) -> Result<&'static Resource, DiscoveryError> {
    static STACK: OnceLock<Result<Stack, DiscoveryError>> = OnceLock::new();
    let stack = STACK.get_or_init(|| match std::env::var(VARIABLE) {
        Ok(text) => stack_of(&text),
        Err(_) => Ok(Stack::default()),
    });
    let stack = stack.as_ref().map_err(Clone::clone)?;
    stack.resources.get(logical_id).ok_or_else(|| {
        DiscoveryError(format!(
            "this function knows no resource '{logical_id}': give it a grant of it with uses=[...]"
        ))
    })
}

fn stack_of(text: &str) -> Result<Stack, DiscoveryError> {
    let mut stack: Stack = serde_json::from_str(text)
        .map_err(|error| DiscoveryError(format!("{VARIABLE} is not as it should be: {error}")))?;
    for (logical_id, resource) in &mut stack.resources {
        resource.logical_id.clone_from(logical_id);
    }
    Ok(stack)
}

impl Resource {
    /// Its physical name: `CloudFormation`'s `Ref`.
    ///
    /// # Errors
    /// It has none that was handed on.
    pub fn name(&self) -> Result<&str, DiscoveryError> {
        self.attribute("Ref")
    }

    /// Its ARN.
    ///
    /// # Errors
    /// It has none that was handed on.
    pub fn arn(&self) -> Result<&str, DiscoveryError> {
        self.attribute("Arn")
    }

    /// An attribute, by `CloudFormation`'s name of it: `Ref`, or one of `Fn::GetAtt`.
    ///
    /// # Errors
    /// It has none of this name that was handed on.
    pub fn attribute(&self, name: &str) -> Result<&str, DiscoveryError> {
        self.attributes.get(name).map(String::as_str).ok_or_else(|| {
            let known: Vec<&str> = self.attributes.keys().map(String::as_str).collect();
            let (id, known) = (&self.logical_id, known.join(", "));
            DiscoveryError(format!("resource '{id}' has no attribute '{name}'; it has {known}"))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{resource, stack_of};

    #[test]
    fn reads_what_cloudformation_filled_in() {
        let text = r#"{"StackName": "s", "Region": "r",
            "Resources": {"Orders": {"Ref": "orders-1", "Arn": "arn:x"}}}"#;
        let stack = stack_of(text).unwrap();
        let orders = &stack.resources["Orders"];
        assert_eq!((orders.name(), orders.arn()), (Ok("orders-1"), Ok("arn:x")));
        let error = orders.attribute("StreamArn").unwrap_err().to_string();
        assert_eq!(error, "resource 'Orders' has no attribute 'StreamArn'; it has Arn, Ref");
        assert!(stack_of("[").unwrap_err().to_string().starts_with("SPARTA_DISCOVERY_INFO is not"));
    }

    #[test]
    fn says_how_a_resource_is_declared() {
        let error = resource("Orders").unwrap_err().to_string();
        assert!(error.contains("'Orders'") && error.contains("uses=[...]"), "{error}");
    }
}
