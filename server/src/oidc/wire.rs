//! What goes to the identity provider and comes back: bounded in time and size, along no redirect, and over TLS wherever
//! the provider is.

use std::time::Duration;

use futures::future::BoxFuture;
use openidconnect::{AsyncHttpClient, HttpRequest, HttpResponse};
use reqwest::Client;
use reqwest::redirect::Policy;
use thiserror::Error;

/// So long the provider may take for one answer.
const PATIENCE: Duration = Duration::from_secs(8);
/// No answer that we ask for is larger, in bytes.
const MOST: usize = 256 * 1024;

/// Why there is no answer.
#[derive(Debug, Error)]
pub(super) enum Broken {
    /// Nobody answers, or not in time.
    #[error("{0}")]
    Line(#[from] reqwest::Error),
    /// It answers without an end.
    #[error("the answer is larger than {MOST} bytes")]
    Large,
    /// What would be asked is no request.
    #[error("{0}")]
    Request(#[from] http::Error),
}

/// The way to the provider.
pub(super) struct Wire(Client);

impl Wire {
    /// `secure`: the provider is reached over TLS, and nothing that it names may lead anywhere else.
    pub(super) fn new(secure: bool) -> reqwest::Result<Self> {
        let client = Client::builder()
            .redirect(Policy::none())
            .timeout(PATIENCE)
            .no_proxy()
            .user_agent("kaishi")
            .https_only(secure);
        Ok(Self(client.build()?))
    }

    async fn send(&self, request: HttpRequest) -> Result<HttpResponse, Broken> {
        let mut answer = self.0.execute(request.try_into()?).await?;
        let (status, headers) = (answer.status(), std::mem::take(answer.headers_mut()));
        let mut body = Vec::new();
        while let Some(part) = answer.chunk().await? {
            if body.len() + part.len() > MOST {
                return Err(Broken::Large);
            }
            body.extend_from_slice(&part);
        }
        let mut response = http::Response::builder().status(status).body(body)?;
        *response.headers_mut() = headers;
        Ok(response)
    }
}

impl<'c> AsyncHttpClient<'c> for Wire {
    type Error = Broken;
    type Future = BoxFuture<'c, Result<HttpResponse, Broken>>;

    fn call(&'c self, request: HttpRequest) -> Self::Future {
        Box::pin(self.send(request))
    }
}
