//! From a view to a page: the head, the nonce, the policy. Nothing else writes `<html>`.

use std::sync::Arc;

use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use leptos::config::LeptosOptions;
use leptos::hydration::HydrationScripts;
use leptos::nonce::{provide_nonce, use_nonce};
use leptos::prelude::*;

use crate::state::Site;
use crate::words::Lang;

/// Which manner a page has.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Manner {
    /// A calm workshop; its sheet is linked.
    Organizer,
    /// One thing a page, no script, everything inside the page itself.
    Resident,
    /// A staff phone.
    Staff,
    /// The big screen.
    Screen,
    /// On paper.
    Print,
}

impl Manner {
    const fn sheet(self) -> &'static str {
        match self {
            Self::Organizer => "main",
            Self::Resident => "resident",
            Self::Staff => "staff",
            Self::Screen => "screen",
            Self::Print => "print",
        }
    }
}

/// Islands that are loaded together: a feature of this crate and a bundle of their own, so that no page loads
/// what another one moves.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Family {
    /// The assignment board.
    Board,
    /// The map editor.
    Editor,
    /// The drawing board of a ground.
    Ground,
    /// The +1 pad of a staff phone.
    Pad,
    /// The big screen.
    Screen,
}

impl Family {
    /// Every family.
    pub const ALL: [Self; 5] = [Self::Board, Self::Editor, Self::Ground, Self::Pad, Self::Screen];

    /// Its feature and its bundle.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Board => "board",
            Self::Editor => "editor",
            Self::Ground => "ground",
            Self::Pad => "pad",
            Self::Screen => "screen",
        }
    }

    /// The bundle that its pages load only when it is asked for, if there is one: it exports a function of that
    /// name, text in and text out.
    const fn later(self) -> Option<&'static str> {
        match self {
            Self::Editor => Some("arrange"),
            _ => None,
        }
    }
}

/// A script that gives the page a function `kaishi_arrange`, which loads the bundle and calls it.
fn later(name: &str, bundle: &str) -> String {
    format!(
        "self.kaishi_{name}=async t=>{{const m=await import('/pkg/{bundle}.js');\
         await m.default({{module_or_path:'/pkg/{bundle}_bg.wasm'}});return m.{name}(t)}}"
    )
}

/// What a page's head says.
#[derive(Clone, Debug)]
pub struct Head {
    /// Language of the page.
    pub lang: Lang,
    /// Title in the browser's tab.
    pub title: String,
    /// Manner.
    pub manner: Manner,
    /// The islands of the page, for which it loads wasm.
    pub islands: Option<Family>,
    /// Class of the body.
    pub class: &'static str,
}

/// A whole page with the policy that belongs to it.
pub struct Page {
    status: StatusCode,
    html: String,
    policy: String,
    nonce: String,
    /// Seconds after which a busy page may be asked for again.
    retry_after: Option<u32>,
    /// Seconds after which the page asks for itself again.
    refresh: Option<u32>,
}

impl Page {
    /// From what it is made of.
    pub(crate) const fn new(html: String, policy: String, nonce: String) -> Self {
        Self { status: StatusCode::OK, html, policy, nonce, retry_after: None, refresh: None }
    }

    /// The same page with another status.
    #[must_use]
    pub const fn status(mut self, status: StatusCode) -> Self {
        self.status = status;
        self
    }

    /// Says when to try again.
    #[must_use]
    pub const fn retry_after(mut self, seconds: u32) -> Self {
        self.retry_after = Some(seconds);
        self
    }

    /// Asks for itself again after so many seconds, without a script.
    #[must_use]
    pub const fn refresh(mut self, seconds: u32) -> Self {
        self.refresh = Some(seconds);
        self
    }

    /// The HTML itself.
    pub fn html(&self) -> &str {
        &self.html
    }

    /// Its policy.
    pub(crate) fn policy(&self) -> &str {
        &self.policy
    }

    /// What its own styles and scripts carry.
    pub(crate) fn nonce(&self) -> &str {
        &self.nonce
    }
}

impl IntoResponse for Page {
    fn into_response(self) -> Response {
        let mut response = (self.status, self.html).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if let Ok(policy) = HeaderValue::from_str(&self.policy) {
            headers.insert(HeaderName::from_static("content-security-policy"), policy);
        }
        if let Some(seconds) = self.retry_after {
            headers.insert(header::RETRY_AFTER, seconds.into());
        }
        if let Some(seconds) = self.refresh {
            headers.insert(header::REFRESH, seconds.into());
        }
        response
    }
}

/// The policy of a page: nothing from anywhere, then what this page needs, by nonce.
fn policy(nonce: &str, head: &Head) -> String {
    let script = if head.islands.is_some() {
        // The staff pad alone has a worker, which keeps it for when there is no network.
        let worker = if head.islands == Some(Family::Pad) { "'self'" } else { "'none'" };
        format!(
            "script-src 'self' 'nonce-{nonce}' 'wasm-unsafe-eval'; connect-src 'self'; worker-src {worker}; "
        )
    } else if head.manner == Manner::Print {
        format!("script-src 'nonce-{nonce}'; ")
    } else {
        String::new()
    };
    format!(
        "default-src 'none'; {script}style-src 'self' 'nonce-{nonce}'; img-src 'self' data:; \
         form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )
}

/// Renders a page. The body is built inside, so that islands and nonce find their context.
pub fn document<V: IntoView + 'static>(site: &Site, head: &Head, body: impl FnOnce() -> V) -> Page {
    let shared = Arc::new(hydration_context::SsrSharedContext::new_islands());
    let owner = Owner::new_root(Some(shared));
    let (html, nonce) = owner.with(|| {
        provide_nonce();
        let nonce = use_nonce().map(|nonce| nonce.to_string()).unwrap_or_default();
        let view = whole(site, head, &nonce, body);
        (format!("<!DOCTYPE html>{}", view.to_html()), nonce)
    });
    owner.unset();
    Page::new(html, policy(&nonce, head), nonce)
}

fn whole<V: IntoView + 'static>(site: &Site, head: &Head, nonce: &str, body: impl FnOnce() -> V) -> AnyView {
    let sheet = head.manner.sheet();
    let styles = if let Some(text) = site.inline.get(sheet) {
        view! { <style nonce=nonce.to_owned()>{text.clone()}</style> }.into_any()
    } else {
        let href = site.css.get(sheet).cloned().unwrap_or_default();
        view! { <link rel="stylesheet" href=href/> }.into_any()
    };
    let bundle = head.islands.and_then(|family| site.bundles.get(family.name()));
    let scripts = bundle.map(|name| {
        let options = LeptosOptions::builder().output_name(name.clone()).site_pkg_dir("pkg").build();
        view! { <HydrationScripts options=options islands=true/> }
    });
    let later = head.islands.and_then(Family::later).and_then(|name| {
        let script = later(name, site.bundles.get(name)?);
        Some(view! { <script nonce=nonce.to_owned() inner_html=script></script> })
    });
    let printing = (head.manner == Manner::Print).then(|| {
        view! { <script src="/print.js" nonce=nonce.to_owned() defer></script> }
    });
    // A resident's page is whole in one answer: an empty icon spares the second request.
    let icon = if head.manner == Manner::Resident { "data:," } else { "/favicon.svg" };
    // As text the title would end in the mark that the framework puts behind children, and a tab shows it.
    let title = head.title.replace('&', "&amp;").replace('<', "&lt;");
    let (lang, class) = (head.lang.tag(), head.class);
    view! {
        <html lang=lang>
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1"/>
                <meta name="color-scheme" content="light dark"/>
                <meta name="format-detection" content="telephone=no"/>
                <title inner_html=title></title>
                <link rel="icon" href=icon/>
                {styles}
                {scripts}
                {later}
                {printing}
            </head>
            <body class=class>{body()}</body>
        </html>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_stays_text() {
        let title = "</title><script>alert(1)</script> & 1".to_owned();
        let head = Head { lang: Lang::Zh, title, manner: Manner::Organizer, islands: None, class: "" };
        let page = document(&Site::default(), &head, || view! { <p>"ok"</p> });
        assert!(page.html().contains("<title>&lt;/title>&lt;script>"), "{}", page.html());
        assert!(!page.html().contains("<script"), "{}", page.html());
    }
}
