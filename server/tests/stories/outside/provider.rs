//! A small identity provider of our own: it signs in whoever the story says, and checks what a real one would: the client
//! and its secret, a code that is good once, where it leads back to, and the verifier of whoever asked.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use axum::extract::{Form, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::routing::{get, post};
use axum::{Json, Router};
use data_encoding::{BASE64, BASE64URL_NOPAD};
use kaishi_app::state::Provider;
use kaishi_domain::chance;
use kaishi_server::chance::SystemChance;
use openidconnect::core::{CoreEdDsaPrivateSigningKey, CoreHmacKey, CoreJsonWebKey, CoreJwsSigningAlgorithm};
use openidconnect::{JsonWebKeyId, PrivateSigningKey as _};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use tokio::task::JoinHandle;

use crate::house::NOW;

pub const CLIENT: &str = "kaishi";
const SECRET: &str = "told by the provider";
/// An Ed25519 key in PKCS 8, before its 32 bytes.
const PKCS8: [u8; 16] = [0x30, 0x2e, 2, 1, 0, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 4, 0x22, 4, 0x20];

/// How an answer is signed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Signed {
    /// As it should be.
    Rightly,
    /// With a key of the same name that is not the provider's.
    ByAnother,
    /// With the secret that the client knows, too.
    WithTheSecret,
    /// Not at all.
    Not,
}

/// A question on its way.
struct Asked {
    challenge: String,
    back: String,
    claims: Value,
    signed: Signed,
}

struct Inner {
    issuer: String,
    key: CoreEdDsaPrivateSigningKey,
    asked: BTreeMap<String, Asked>,
}

/// The provider.
pub struct Idp {
    pub issuer: String,
    inner: Arc<Mutex<Inner>>,
    serving: JoinHandle<()>,
}

fn key(name: &str) -> CoreEdDsaPrivateSigningKey {
    let der = [&PKCS8[..], &chance::bytes::<32>(&SystemChance)].concat();
    let pem = format!("-----BEGIN PRIVATE KEY-----\n{}\n-----END PRIVATE KEY-----\n", BASE64.encode(&der));
    CoreEdDsaPrivateSigningKey::from_ed25519_pem(&pem, Some(JsonWebKeyId::new(name.to_owned()))).unwrap()
}

/// The parameters of an address.
fn query(url: &str) -> BTreeMap<String, String> {
    form_urlencoded::parse(url.split_once('?').unwrap().1.as_bytes()).into_owned().collect()
}

impl Idp {
    /// Opens it on a free port.
    pub async fn open() -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let issuer = format!("http://{}", listener.local_addr().unwrap());
        let inner =
            Arc::new(Mutex::new(Inner { issuer: issuer.clone(), key: key("one"), asked: BTreeMap::new() }));
        let router = Router::new()
            .route("/.well-known/openid-configuration", get(told))
            .route("/keys", get(keys))
            .route("/token", post(token))
            .with_state(inner.clone());
        let serving = tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        Self { issuer, inner, serving }
    }

    /// As an operator names it.
    pub fn named(&self) -> Provider {
        Provider {
            issuer: self.issuer.clone(),
            client: CLIENT.into(),
            secret: SECRET.into(),
            name: "统一身份".into(),
        }
    }

    /// Answers no more.
    pub async fn close(&mut self) {
        self.serving.abort();
        let _ = (&mut self.serving).await;
    }

    /// Says from now on that it is another.
    pub fn call_itself(&self, issuer: &str) {
        issuer.clone_into(&mut self.inner.lock().unwrap().issuer);
    }

    /// Signs with another key from now on.
    pub fn turn_key(&self) {
        self.inner.lock().unwrap().key = key("two");
    }

    /// Somebody shows who it is; the path that leads back.
    pub fn consent(&self, to: &str, subject: &str) -> String {
        self.bent(to, subject, Signed::Rightly, |_| {})
    }

    /// The same with an answer that is not as it should be.
    pub fn bent(&self, to: &str, subject: &str, signed: Signed, bend: impl FnOnce(&mut Value)) -> String {
        assert!(to.starts_with(&format!("{}/authorize?", self.issuer)), "{to}");
        let asked = query(to);
        assert_eq!((&*asked["response_type"], &*asked["client_id"]), ("code", CLIENT));
        assert_eq!((&*asked["scope"], &*asked["code_challenge_method"]), ("openid", "S256"));
        let now = NOW.millis() / 1000;
        let mut claims = json!({
            "iss": self.issuer, "aud": CLIENT, "sub": subject, "nonce": asked["nonce"], "iat": now, "exp": now + 300,
        });
        bend(&mut claims);
        let code = kaishi_domain::id::hex(&chance::bytes::<16>(&SystemChance));
        let question = Asked {
            challenge: asked["code_challenge"].clone(),
            back: asked["redirect_uri"].clone(),
            claims,
            signed,
        };
        self.inner.lock().unwrap().asked.insert(code.clone(), question);
        let path = asked["redirect_uri"].strip_prefix(crate::house::BASE).unwrap();
        format!("{path}?code={code}&state={}", asked["state"])
    }
}

impl Drop for Idp {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

type Shared = State<Arc<Mutex<Inner>>>;

async fn told(State(inner): Shared) -> Json<Value> {
    let issuer = inner.lock().unwrap().issuer.clone();
    Json(json!({
        "issuer": issuer,
        "authorization_endpoint": format!("{issuer}/authorize"),
        "token_endpoint": format!("{issuer}/token"),
        "jwks_uri": format!("{issuer}/keys"),
        "response_types_supported": ["code"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["EdDSA"],
    }))
}

async fn keys(State(inner): Shared) -> Json<Value> {
    let key: CoreJsonWebKey = inner.lock().unwrap().key.as_verification_key();
    Json(json!({ "keys": [key] }))
}

fn signature(inner: &Inner, signed: Signed, message: &[u8]) -> Vec<u8> {
    let sign = |key: &CoreEdDsaPrivateSigningKey| key.sign(&CoreJwsSigningAlgorithm::EdDsa, message).unwrap();
    match signed {
        Signed::Rightly => sign(&inner.key),
        Signed::ByAnother => sign(&key("one")),
        Signed::WithTheSecret => {
            CoreHmacKey::new(SECRET).sign(&CoreJwsSigningAlgorithm::HmacSha256, message).unwrap()
        }
        Signed::Not => Vec::new(),
    }
}

async fn token(
    State(inner): Shared,
    headers: HeaderMap,
    Form(form): Form<BTreeMap<String, String>>,
) -> Result<Json<Value>, StatusCode> {
    let mut inner = inner.lock().unwrap();
    let basic =
        format!("Basic {}", BASE64.encode(format!("{CLIENT}:{}", SECRET.replace(' ', "+")).as_bytes()));
    if headers.get(header::AUTHORIZATION).is_none_or(|said| said.as_bytes() != basic.as_bytes()) {
        return Err(StatusCode::UNAUTHORIZED);
    }
    let asked = inner.asked.remove(&form["code"]).ok_or(StatusCode::BAD_REQUEST)?;
    let challenge = BASE64URL_NOPAD.encode(&Sha256::digest(form["code_verifier"].as_bytes()));
    if challenge != asked.challenge || form["redirect_uri"] != asked.back {
        return Err(StatusCode::BAD_REQUEST);
    }
    let named: CoreJsonWebKey = inner.key.as_verification_key();
    let kid = serde_json::to_value(&named).unwrap()["kid"].clone();
    let head = match asked.signed {
        Signed::Rightly | Signed::ByAnother => json!({"alg": "EdDSA", "kid": kid}),
        Signed::WithTheSecret => json!({"alg": "HS256"}),
        Signed::Not => json!({"alg": "none"}),
    };
    let part = |value: &Value| BASE64URL_NOPAD.encode(value.to_string().as_bytes());
    let message = format!("{}.{}", part(&head), part(&asked.claims));
    let tag = BASE64URL_NOPAD.encode(&signature(&inner, asked.signed, message.as_bytes()));
    Ok(Json(
        json!({"access_token": "unused", "token_type": "Bearer", "id_token": format!("{message}.{tag}")}),
    ))
}
