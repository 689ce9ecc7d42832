//! Tests in the language: the call and the places of what is expected of it. Knows no line of a call.

use super::{Checker, Context};
use crate::checked::Test;
use grille_evidence::expectation::{CallFile, TestCall, TestCase};
use grille_grammar::ast;

impl Checker<'_> {
    pub(crate) fn test(&mut self, test: &ast::Test, module: usize) {
        let cx = Context { module, ..Context::default() };
        let call = match &test.call {
            ast::TestCall::Written(call) => {
                self.inline_call(&test.name.text, call, module).map(Box::new).map(TestCall::Written)
            }
            ast::TestCall::File(file) => self.call_file(file, module).map(TestCall::File),
        };
        let expected = test.expectations.iter().filter_map(|e| Some((e.span, self.expectation(e, &cx)?)));
        let (spans, expectations) = expected.unzip();
        let Some(call) = call else { return };
        let row = test.row.map(|row| format!(" (row {row})")).unwrap_or_default();
        let case = TestCase { name: format!("{}{row}", test.name.text), call, expectations };
        let call = test.call.span();
        self.program.tests.push(Test { case, span: test.span, call, expectations: spans });
    }

    /// A file by its place. Which formats there are is not known here, nor whether the file is there.
    fn call_file(&self, file: &ast::CallFile, module: usize) -> Option<CallFile> {
        let located = self.modules.get(module).and_then(|m| m.located.get(&file.path.text));
        let window = match file.window {
            Some((from, to)) => Some((i32::try_from(from.millis).ok()?, i32::try_from(to.millis).ok()?)),
            None => None,
        };
        Some(CallFile { path: located.unwrap_or(&file.path.text).clone(), window })
    }
}
