//! An island's view that a browser builds anew instead of waking what the server sent: for an island of which the
//! server sends no more than a word of waiting, or whose whole view says only what its properties say.
//!
//! What wakes views is then needed for this one alone, and the bundler (`snip`) takes the rest out of the bundle. A
//! family that has an island of this kind must have no other kind.

use leptos::prelude::*;
use leptos::tachys::html::attribute::Attribute;
use leptos::tachys::html::attribute::any_attribute::AnyAttribute;
use leptos::tachys::hydration::Cursor;
use leptos::tachys::view::add_attr::AddAnyAttr;
use leptos::tachys::view::any_view::AnyViewState;
use leptos::tachys::view::{Position, PositionState};
use leptos::wasm_bindgen::JsCast as _;
use leptos::web_sys::Element;

/// The whole view of an island.
pub(super) struct Fresh(AnyView);

impl Fresh {
    pub(super) fn new(view: impl IntoAny) -> Self {
        Self(view.into_any())
    }
}

impl Render for Fresh {
    type State = AnyViewState;

    fn build(self) -> Self::State {
        self.0.build()
    }

    fn rebuild(self, state: &mut Self::State) {
        self.0.rebuild(state);
    }
}

impl AddAnyAttr for Fresh {
    type Output<SomeNewAttr: Attribute> = Self;

    fn add_any_attr<NewAttr: Attribute>(self, _: NewAttr) -> Self::Output<NewAttr>
    where
        Self::Output<NewAttr>: RenderHtml,
    {
        self
    }
}

impl RenderHtml for Fresh {
    type AsyncOutput = Self;
    type Owned = Self;

    const MIN_LENGTH: usize = 0;

    fn dry_resolve(&mut self) {
        self.0.dry_resolve();
    }

    async fn resolve(self) -> Self::AsyncOutput {
        Self(self.0.resolve().await)
    }

    fn to_html_with_buf(
        self,
        buffer: &mut String,
        position: &mut Position,
        escape: bool,
        mark_branches: bool,
        attributes: Vec<AnyAttribute>,
    ) {
        self.0.to_html_with_buf(buffer, position, escape, mark_branches, attributes);
    }

    fn hydrate<const FROM_SERVER: bool>(self, cursor: &Cursor, _: &PositionState) -> Self::State {
        // The island itself: this is the first of its views.
        let island = cursor.current();
        island.set_text_content(None);
        let mut state = self.0.build();
        if let Some(island) = island.dyn_ref::<Element>() {
            state.mount(island, None);
        }
        state
    }

    fn into_owned(self) -> Self::Owned {
        self
    }
}
