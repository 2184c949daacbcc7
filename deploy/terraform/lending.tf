# Every part of Tenantry with the generic resources of the provider keycloak/keycloak. The jar must be in the server:
# Keycloak refuses the password policy without it.
terraform {
  required_providers {
    keycloak = {
      source  = "keycloak/keycloak"
      version = ">= 5.4.0"
    }
  }
}

variable "northbank_sso_url" {
  type    = string
  default = "https://sso.northbank.example/saml"
}

resource "keycloak_realm" "lending" {
  realm                 = "lending"
  enabled               = true
  organizations_enabled = true
  login_theme           = "tenantry"
  password_policy       = "length(8) and notUsername and tenantPolicy"
  access_token_lifespan = "5m"
}

resource "keycloak_realm_events" "lending" {
  realm_id             = keycloak_realm.lending.id
  events_enabled       = true
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
  realm                      = keycloak_realm.lending.id
  alias                      = "northbank-corporate"
  entity_id                  = "https://login.example/realms/lending"
  single_sign_on_service_url = var.northbank_sso_url
  validate_signature         = true
  want_assertions_signed     = true
  organization_id            = keycloak_organization.northbank.id
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
