//! The browser half, inside the binary: wasm and styles under `/pkg`, and the few files that browsers ask for by name.
//! It knows no page; pages learn the hashed names from the manifest.

use axum::Router;
use memory_serve::{Asset, CacheControl, MemoryServe};

/// What the bundler made, by its hashed names.
#[derive(Debug)]
pub struct Manifest {
    /// For leptos's hydration script: the name that a family's wasm file and its loader share, by the family's name.
    pub bundles: &'static [(&'static str, &'static str)],
    /// The address of each sheet by its name.
    pub css: &'static [(&'static str, &'static str)],
}

static MANIFEST: Manifest = include!(concat!(env!("OUT_DIR"), "/manifest.rs"));

/// The text of the sheets that pages carry inside, by name.
pub static INLINE: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/inline.rs"));
static FOLDERS: &[(&str, &[Asset])] = include!(concat!(env!("OUT_DIR"), "/memory_serve_assets.rs"));

/// The names of this build's files.
pub fn manifest() -> &'static Manifest {
    &MANIFEST
}

/// Routes of all embedded files. Names under `/pkg` carry their content's hash, so browsers keep them for good.
pub fn routes<S: Clone + Send + Sync + 'static>() -> Router<S> {
    let pkg = folder("pkg").cache_control(CacheControl::Long).into_router();
    let public = folder("public").add_alias("/favicon.ico", "/favicon.svg").into_router();
    Router::new().nest("/pkg", pkg).merge(public)
}

fn folder(name: &str) -> MemoryServe {
    let assets = FOLDERS.iter().find(|(folder, _)| *folder == name).map_or(&[][..], |(_, assets)| assets);
    MemoryServe::new(assets).index_file(None)
}

#[cfg(test)]
mod tests {
    use axum::body::Body;
    use axum::http::{Request, Response, StatusCode, header};
    use kaishi_app::document::Family;
    use tower::ServiceExt as _;

    use super::*;

    async fn get(path: &str, etag: Option<&str>) -> Response<Body> {
        let mut request = Request::get(path);
        if let Some(etag) = etag {
            request = request.header(header::IF_NONE_MATCH, etag);
        }
        routes::<()>().oneshot(request.body(Body::empty()).unwrap()).await.unwrap()
    }

    fn header<'a>(answer: &'a Response<Body>, name: &str) -> &'a str {
        answer.headers().get(name).map_or("", |v| v.to_str().unwrap())
    }

    #[tokio::test]
    async fn a_browser_finds_the_files_it_asks_for_by_name() {
        for (path, kind) in [
            ("/robots.txt", "text/plain"),
            ("/favicon.svg", "image/svg+xml"),
            ("/favicon.ico", "image/svg+xml"),
        ] {
            let answer = get(path, None).await;
            assert_eq!((answer.status(), header(&answer, "content-type")), (StatusCode::OK, kind), "{path}");
            assert!(!header(&answer, "cache-control").contains("immutable"), "{path} may change");
        }
        assert_eq!(get("/pkg/nothing.css", None).await.status(), StatusCode::NOT_FOUND);
    }

    #[test]
    fn a_page_names_no_family_that_has_no_bundle() {
        let bundled: Vec<&str> = manifest().bundles.iter().map(|(name, _)| *name).collect();
        let named = Family::ALL.map(Family::name);
        assert!(
            bundled.is_empty() || named.iter().all(|name| bundled.contains(name)),
            "{named:?} {bundled:?}"
        );
    }

    #[tokio::test]
    async fn what_the_manifest_names_is_kept_for_good_and_never_sent_twice() {
        let mut files: Vec<_> =
            manifest().css.iter().map(|(_, path)| ((*path).to_owned(), "text/css")).collect();
        for (_, bundle) in manifest().bundles {
            files.push((format!("/pkg/{bundle}.js"), "text/javascript"));
            files.push((format!("/pkg/{bundle}_bg.wasm"), "application/wasm"));
        }
        for (path, kind) in files {
            let answer = get(&path, None).await;
            assert_eq!((answer.status(), header(&answer, "content-type")), (StatusCode::OK, kind), "{path}");
            assert!(header(&answer, "cache-control").contains("immutable"), "{path}");
            let again = get(&path, Some(header(&answer, "etag"))).await;
            assert_eq!(again.status(), StatusCode::NOT_MODIFIED, "{path}");
        }
    }
}
