//! Signing in by an identity provider: `OpenID` Connect, authorization code with PKCE, state and nonce. The crate
//! `openidconnect` speaks the protocol; here stand what is trusted, for how long, and what is asked of the provider.

mod wire;

use std::sync::{Arc, Mutex, PoisonError};

use futures::future::BoxFuture;
use kaishi_app::state::{Provider, State};
use kaishi_domain::moment::MINUTE;
use kaishi_domain::token::errand::Errand;
use kaishi_domain::{Moment, Refusal};
use kaishi_store::Identity;
use openidconnect::core::{
    CoreAuthPrompt, CoreClient, CoreClientAuthMethod, CoreIdToken, CoreIdTokenVerifier,
    CoreJwsSigningAlgorithm, CoreProviderMetadata, CoreResponseType, CoreTokenResponse,
};
use openidconnect::{
    AuthType, AuthenticationFlow, AuthorizationCode, ClaimsVerificationError, ClientId, ClientSecret,
    CsrfToken, DiscoveryError, EndpointMaybeSet, EndpointNotSet, EndpointSet, IssuerUrl, Nonce,
    PkceCodeChallenge, PkceCodeVerifier, RedirectUrl, RequestTokenError, SignatureVerificationError,
    TokenResponse as _,
};
use tokio::sync::Semaphore;
use wire::{Broken, Wire};

/// Where the provider sends people back to.
pub const BACK: &str = "/login/oidc/back";
/// What is known of the provider is asked for anew after so long, in milliseconds.
const KNOWN_FOR: i64 = 10 * MINUTE;
/// A key that nobody knows makes us ask again, but no oftener than this.
const ASK_AGAIN: i64 = MINUTE;
/// An answer that was written earlier or later than this, by our clock, is none to a question of now.
const ISSUED_WITHIN: i64 = 10 * MINUTE;
/// So many of us wait for the provider at once; others are told that it does not answer.
const AT_ONCE: usize = 8;

/// Signatures that only the provider can make. None with a shared secret, and never none at all.
const SIGNED: [CoreJwsSigningAlgorithm; 9] = [
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256,
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha384,
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha512,
    CoreJwsSigningAlgorithm::RsaSsaPssSha256,
    CoreJwsSigningAlgorithm::RsaSsaPssSha384,
    CoreJwsSigningAlgorithm::RsaSsaPssSha512,
    CoreJwsSigningAlgorithm::EcdsaP256Sha256,
    CoreJwsSigningAlgorithm::EcdsaP384Sha384,
    CoreJwsSigningAlgorithm::EdDsa,
];

type Client = CoreClient<
    EndpointSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointMaybeSet,
    EndpointMaybeSet,
>;

/// Why nobody was let in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Lost {
    /// The provider does not answer.
    Down,
    /// It answers, but not so that we may believe it.
    Refused,
}

/// What the provider has told of itself.
#[derive(Clone)]
struct Known {
    asked: Moment,
    metadata: Arc<CoreProviderMetadata>,
}

/// The provider of this server, as one node knows it.
pub struct Outside {
    provider: Provider,
    wire: Wire,
    known: Mutex<Option<Known>>,
    turns: Semaphore,
}

fn refused(why: &dyn std::fmt::Display) -> Lost {
    tracing::warn!(%why, "an answer of the identity provider was refused");
    Lost::Refused
}

fn down(why: &dyn std::fmt::Display) -> Lost {
    tracing::warn!(%why, "the identity provider does not answer");
    Lost::Down
}

impl Outside {
    /// Nothing is asked of the provider before somebody goes there.
    pub fn new(provider: &Provider) -> reqwest::Result<Self> {
        let wire = Wire::new(provider.issuer.starts_with("https://"))?;
        Ok(Self { provider: provider.clone(), wire, known: Mutex::default(), turns: Semaphore::new(AT_ONCE) })
    }

    /// What people call it.
    pub fn name(&self) -> &str {
        &self.provider.name
    }

    /// Its address, which is part of who somebody is there.
    pub fn issuer(&self) -> &str {
        &self.provider.issuer
    }

    /// Asks the provider what it is, and says how many keys it signs with.
    pub async fn look(&self, now: Moment) -> Result<usize, Lost> {
        Ok(self.metadata(now, 0).await?.jwks().keys().len())
    }

    /// What is known of the provider, asked for anew if it is older than that.
    async fn metadata(&self, now: Moment, at_most: i64) -> Result<Arc<CoreProviderMetadata>, Lost> {
        let known = self.known.lock().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some(known) = known
            && (0..=at_most).contains(&now.since(known.asked))
        {
            return Ok(known.metadata);
        }
        let issuer = IssuerUrl::new(self.provider.issuer.clone()).map_err(|error| down(&error))?;
        let asking: BoxFuture<'_, Result<CoreProviderMetadata, _>> =
            Box::pin(CoreProviderMetadata::discover_async(issuer, &self.wire));
        let metadata = Arc::new(asking.await.map_err(|error: DiscoveryError<Broken>| down(&error))?);
        let known = Known { asked: now, metadata: metadata.clone() };
        *self.known.lock().unwrap_or_else(PoisonError::into_inner) = Some(known);
        Ok(metadata)
    }

    fn client(&self, state: &State, metadata: &CoreProviderMetadata) -> Result<Client, Lost> {
        let back =
            RedirectUrl::new(format!("{}{BACK}", state.public_url)).map_err(|error| refused(&error))?;
        let (id, secret) = (self.client_id(), ClientSecret::new(self.provider.secret.clone()));
        let only_in_body = metadata.token_endpoint_auth_methods_supported().is_some_and(|known| {
            known.contains(&CoreClientAuthMethod::ClientSecretPost)
                && !known.contains(&CoreClientAuthMethod::ClientSecretBasic)
        });
        let way = if only_in_body { AuthType::RequestBody } else { AuthType::BasicAuth };
        let client = CoreClient::from_provider_metadata(metadata.clone(), id, Some(secret));
        Ok(client.set_redirect_uri(back).set_auth_type(way))
    }

    fn client_id(&self) -> ClientId {
        ClientId::new(self.provider.client.clone())
    }

    /// Where a browser goes with its errand.
    pub async fn leave(&self, state: &State, errand: &Errand) -> Result<String, Lost> {
        let _turn = self.turns.try_acquire().map_err(|error| down(&error))?;
        let metadata = self.metadata(state.now(), KNOWN_FOR).await?;
        let client = self.client(state, &metadata)?;
        let broken = |refusal: Refusal| refused(&refusal);
        let nonce = Nonce::new(state.keys.nonce(errand).map_err(broken)?);
        let verifier = PkceCodeVerifier::new(state.keys.verifier(errand).map_err(broken)?);
        let mark = CsrfToken::new(errand.state());
        let flow = AuthenticationFlow::<CoreResponseType>::AuthorizationCode;
        let mut asked = client
            .authorize_url(flow, move || mark, move || nonce)
            .set_pkce_challenge(PkceCodeChallenge::from_code_verifier_sha256(&verifier));
        if errand.links.is_some() {
            // Whoever is signed in there need not be whoever sits here.
            asked = asked.add_prompt(CoreAuthPrompt::Login);
        }
        Ok(asked.url().0.into())
    }

    /// Who came back with a code.
    pub async fn arrived(&self, state: &State, errand: &Errand, code: String) -> Result<Identity, Lost> {
        let _turn = self.turns.try_acquire().map_err(|error| down(&error))?;
        let now = state.now();
        let metadata = self.metadata(now, KNOWN_FOR).await?;
        let client = self.client(state, &metadata)?;
        let verifier = state.keys.verifier(errand).map_err(|refusal| refused(&refusal))?;
        let asked = client.exchange_code(AuthorizationCode::new(code)).map_err(|error| refused(&error))?;
        let asked = asked.set_pkce_verifier(PkceCodeVerifier::new(verifier));
        let asking: BoxFuture<'_, Result<CoreTokenResponse, _>> = Box::pin(asked.request_async(&self.wire));
        let answer = asking.await.map_err(|error| match &error {
            RequestTokenError::Request(why) => down(why),
            _ => refused(&error),
        })?;
        let token = answer.id_token().ok_or_else(|| refused(&"there is no ID token"))?;
        let nonce = Nonce::new(state.keys.nonce(errand).map_err(|refusal| refused(&refusal))?);
        let subject = match self.subject(&metadata, token, &nonce, now) {
            Err(error) if is_of_a_new_key(&error) => {
                let fresh = self.metadata(now, ASK_AGAIN).await?;
                self.subject(&fresh, token, &nonce, now)
            }
            known => known,
        };
        let subject = subject.map_err(|error| refused(&error))?;
        Identity::of(self.issuer(), &subject).map_err(|refusal| refused(&refusal))
    }

    /// Whom the token names, if it is the provider's, for us, of now, and the answer to this very question.
    fn subject(
        &self,
        metadata: &CoreProviderMetadata,
        token: &CoreIdToken,
        nonce: &Nonce,
        now: Moment,
    ) -> Result<String, ClaimsVerificationError> {
        let clock = move || chrono::DateTime::from_timestamp_millis(now.millis()).unwrap_or_default();
        let verifier = CoreIdTokenVerifier::new_public_client(
            self.client_id(),
            metadata.issuer().clone(),
            metadata.jwks().clone(),
        )
        .set_allowed_algs(SIGNED)
        .set_time_fn(clock)
        .set_issue_time_verifier_fn(move |issued| {
            let apart = now.since(Moment::from_millis(issued.timestamp_millis())).abs();
            if apart <= ISSUED_WITHIN { Ok(()) } else { Err(format!("issued {apart} ms apart from now")) }
        });
        let claims = token.claims(&verifier, nonce)?;
        if claims.authorized_party().is_some_and(|party| **party != self.provider.client) {
            return Err(ClaimsVerificationError::InvalidAudience("issued to another party".into()));
        }
        Ok(claims.subject().to_string())
    }
}

/// Whether the provider may have a key by now that it had not when we asked.
const fn is_of_a_new_key(error: &ClaimsVerificationError) -> bool {
    matches!(error, ClaimsVerificationError::SignatureVerification(SignatureVerificationError::NoMatchingKey))
}
