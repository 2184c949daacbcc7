# A realm of many lenders with the provider keycloak/keycloak: one lender, one application, and the lender's own SAML
# sign-in. The doctor finds nothing in it. The jar must be in the server: Keycloak refuses tenantPolicy without it.
terraform {
  required_providers {
    keycloak = {
      source  = "keycloak/keycloak"
      # 5.8 is for Keycloak 26; later versions have an argument idp_entity_id, and refuse it as extra_config below
      version = "~> 5.8.0"
    }
  }
}

# Where the server is and who asks: KEYCLOAK_URL, KEYCLOAK_CLIENT_ID, KEYCLOAK_CLIENT_SECRET, KEYCLOAK_REALM
provider "keycloak" {}

variable "login_url" {
  type    = string
  default = "https://login.example"
}

variable "workplace_url" {
  type    = string
  default = "https://workplace.lending.example"
}

variable "northbank_saml_url" {
  type    = string
  default = "https://sso.northbank.example/saml"
}

variable "smtp_password" {
  type      = string
  sensitive = true
}

resource "keycloak_realm" "lending" {
  realm                          = "lending"
  enabled                        = true
  display_name                   = "Lending"
  organizations_enabled          = true
  login_theme                    = "tenantry"
  email_theme                    = "tenantry"
  password_policy                = "length(8) and notUsername and tenantPolicy"
  access_token_lifespan          = "5m"
  reset_password_allowed         = true
  registration_email_as_username = true

  internationalization {
    supported_locales = ["ar", "de", "en", "es", "fr", "pt"]
    default_locale    = "en"
  }

  smtp_server {
    host     = "mail.example"
    port     = "587"
    from     = "no-reply@lending.example"
    starttls = true

    auth {
      username = "lending"
      password = var.smtp_password
    }
  }

  security_defenses {
    brute_force_detection {
      max_login_failures = 30
    }
  }
}

resource "keycloak_realm_events" "lending" {
  realm_id             = keycloak_realm.lending.id
  events_enabled       = true
  events_expiration    = 604800
  admin_events_enabled = true
  events_listeners     = ["jboss-logging", "redis-revocations"]
}

resource "keycloak_openid_client_scope" "tenant" {
  realm_id               = keycloak_realm.lending.id
  name                   = "tenant"
  include_in_token_scope = false
}

resource "keycloak_generic_protocol_mapper" "tenant_claims" {
  realm_id        = keycloak_realm.lending.id
  client_scope_id = keycloak_openid_client_scope.tenant.id
  name            = "tenant claims"
  protocol        = "openid-connect"
  protocol_mapper = "tenant-claims-mapper"
  config = {
    "tenant.required"           = "true"
    "tenant.roles.source"       = "realm-roles"
    "access.token.claim"        = "true"
    "id.token.claim"            = "true"
    "userinfo.token.claim"      = "true"
    "introspection.token.claim" = "true"
    "lightweight.claim"         = "true"
  }
}

resource "keycloak_openid_client" "workplace" {
  realm_id                        = keycloak_realm.lending.id
  client_id                       = "lending-spa"
  name                            = "Loan workplace"
  access_type                     = "PUBLIC"
  standard_flow_enabled           = true
  full_scope_allowed              = false
  pkce_code_challenge_method      = "S256"
  valid_redirect_uris             = ["${var.workplace_url}/callback"]
  valid_post_logout_redirect_uris = ["${var.workplace_url}/"]
  web_origins                     = [var.workplace_url]
}

# On every client: by default the tenant, and basic, which brings sub
resource "keycloak_openid_client_default_scopes" "workplace" {
  realm_id       = keycloak_realm.lending.id
  client_id      = keycloak_openid_client.workplace.id
  default_scopes = ["basic", keycloak_openid_client_scope.tenant.name]
}

resource "keycloak_openid_client_optional_scopes" "workplace" {
  realm_id        = keycloak_realm.lending.id
  client_id       = keycloak_openid_client.workplace.id
  optional_scopes = ["organization", "profile", "email"]
}

# Several rules: ## between them
resource "keycloak_organization" "northbank" {
  realm = keycloak_realm.lending.id
  name  = "Northbank"
  alias = "northbank"
  domain {
    name     = "northbank.example"
    verified = true
  }
  attributes = {
    "password-policy"            = "length(14)##digits(1)##notEmail"
    "password-policy-grace-days" = "7"
  }
}

resource "keycloak_saml_identity_provider" "northbank" {
  realm                         = keycloak_realm.lending.id
  alias                         = "northbank-corporate"
  display_name                  = "Northbank corporate sign-in"
  entity_id                     = "${var.login_url}/realms/lending"
  single_sign_on_service_url    = "${var.northbank_saml_url}/sso"
  store_token                   = false
  trust_email                   = true
  validate_signature            = true
  want_assertions_signed        = true
  signature_algorithm           = "RSA_SHA256"
  post_binding_authn_request    = true
  post_binding_response         = true
  name_id_policy_format         = "Persistent"
  principal_type                = "SUBJECT"
  sync_mode                     = "FORCE"
  organization_id               = keycloak_organization.northbank.id
  first_broker_login_flow_alias = keycloak_authentication_flow.first_broker_login.alias
  post_broker_login_flow_alias  = keycloak_authentication_flow.after_broker_login.alias
  # Keycloak fetches the signing certificates from the metadata; or paste them as signing_certificate
  extra_config = {
    "idpEntityId"              = var.northbank_saml_url
    "useMetadataDescriptorUrl" = "true"
    "metadataDescriptorUrl"    = "${var.northbank_saml_url}/metadata"
  }
  # No sign-in through the provider before its guards are there
  depends_on = [
    keycloak_authentication_execution.after_broker_login_tenant_access,
    keycloak_authentication_execution.first_broker_login_link_guard,
    keycloak_authentication_subflow.create_or_link,
  ]
}

# Lists: ## or a line break between the values
resource "keycloak_custom_identity_provider_mapper" "northbank_rules" {
  realm                    = keycloak_realm.lending.id
  name                     = "tenant rules"
  identity_provider_alias  = keycloak_saml_identity_provider.northbank.alias
  identity_provider_mapper = "tenant-saml-rules"
  extra_config = {
    "syncMode"         = "INHERIT"
    "email.domains"    = "northbank.example##mail.northbank.example"
    "assertion.signed" = "true"
    "authn.max.age"    = "3600"
  }
}

resource "keycloak_custom_identity_provider_mapper" "northbank_email" {
  realm                    = keycloak_realm.lending.id
  name                     = "email"
  identity_provider_alias  = keycloak_saml_identity_provider.northbank.alias
  identity_provider_mapper = "saml-user-attribute-idp-mapper"
  extra_config = {
    "syncMode"       = "INHERIT"
    "attribute.name" = "email"
    "user.attribute" = "email"
  }
}
