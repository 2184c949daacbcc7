# What Keycloak's own flows do, with tenant-access as the last step, and tenant-link-guard before accounts are linked.
# Keycloak's own cannot be changed, and steps of a copy of "browser" would be alternatives to ours: so they are written out.
resource "keycloak_authentication_bindings" "lending" {
  realm_id                = keycloak_realm.lending.id
  browser_flow            = keycloak_authentication_flow.browser.alias
  direct_grant_flow       = keycloak_authentication_flow.direct_grant.alias
  first_broker_login_flow = keycloak_authentication_flow.first_broker_login.alias
  # Nothing is bound before its guard is there
  depends_on = [
    keycloak_authentication_execution.browser_tenant_access,
    keycloak_authentication_execution.direct_grant_tenant_access,
    keycloak_authentication_execution.first_broker_login_link_guard,
  ]
}

resource "keycloak_authentication_flow" "browser" {
  realm_id = keycloak_realm.lending.id
  alias    = "lender-browser"
}

resource "keycloak_authentication_subflow" "sign_in" {
  realm_id          = keycloak_realm.lending.id
  parent_flow_alias = keycloak_authentication_flow.browser.alias
  alias             = "lender-sign-in"
  requirement       = "REQUIRED"
  priority          = 10
}

resource "keycloak_authentication_execution" "browser_tenant_access" {
  realm_id          = keycloak_realm.lending.id
  parent_flow_alias = keycloak_authentication_flow.browser.alias
  authenticator     = "tenant-access"
  requirement       = "REQUIRED"
  priority          = 20
}

resource "keycloak_authentication_execution" "sign_in_cookie" {
  realm_id          = keycloak_realm.lending.id
  parent_flow_alias = keycloak_authentication_subflow.sign_in.alias
  authenticator     = "auth-cookie"
  requirement       = "ALTERNATIVE"
  priority          = 10
}

resource "keycloak_authentication_execution" "sign_in_provider" {
  realm_id          = keycloak_realm.lending.id
  parent_flow_alias = keycloak_authentication_subflow.sign_in.alias
  authenticator     = "identity-provider-redirector"
  requirement       = "ALTERNATIVE"
  priority          = 20
}

resource "keycloak_authentication_subflow" "by_email" {
  realm_id          = keycloak_realm.lending.id
  parent_flow_alias = keycloak_authentication_subflow.sign_in.alias
  alias             = "lender-by-email"
  requirement       = "ALTERNATIVE"
  priority          = 30
}

resource "keycloak_authentication_subflow" "by_email_if_unknown" {
  realm_id          = keycloak_realm.lending.id
  parent_flow_alias = keycloak_authentication_subflow.by_email.alias
  alias             = "lender-by-email-if-unknown"
  requirement       = "CONDITIONAL"
  priority          = 10
}

resource "keycloak_authentication_execution" "by_email_condition" {
  realm_id          = keycloak_realm.lending.id
  parent_flow_alias = keycloak_authentication_subflow.by_email_if_unknown.alias
  authenticator     = "conditional-user-configured"
  requirement       = "REQUIRED"
  priority          = 10
}

resource "keycloak_authentication_execution" "by_email_organization" {
  realm_id          = keycloak_realm.lending.id
  parent_flow_alias = keycloak_authentication_subflow.by_email_if_unknown.alias
  authenticator     = "organization"
  requirement       = "ALTERNATIVE"
  priority          = 20
}

resource "keycloak_authentication_subflow" "forms" {
  realm_id          = keycloak_realm.lending.id
  parent_flow_alias = keycloak_authentication_subflow.sign_in.alias
  alias             = "lender-sign-in-forms"
  requirement       = "ALTERNATIVE"
  priority          = 40
}

resource "keycloak_authentication_execution" "forms_password" {
  realm_id          = keycloak_realm.lending.id
  parent_flow_alias = keycloak_authentication_subflow.forms.alias
  authenticator     = "auth-username-password-form"
  requirement       = "REQUIRED"
  priority          = 10
}

resource "keycloak_authentication_subflow" "second_factor" {
  realm_id          = keycloak_realm.lending.id
  parent_flow_alias = keycloak_authentication_subflow.forms.alias
  alias             = "lender-second-factor"
  requirement       = "CONDITIONAL"
  priority          = 20
}

resource "keycloak_authentication_execution" "second_factor_condition" {
  realm_id          = keycloak_realm.lending.id
  parent_flow_alias = keycloak_authentication_subflow.second_factor.alias
  authenticator     = "conditional-user-configured"
  requirement       = "REQUIRED"
  priority          = 10
}

resource "keycloak_authentication_execution" "second_factor_otp" {
  realm_id          = keycloak_realm.lending.id
  parent_flow_alias = keycloak_authentication_subflow.second_factor.alias
  authenticator     = "auth-otp-form"
  requirement       = "ALTERNATIVE"
  priority          = 20
}

resource "keycloak_authentication_flow" "direct_grant" {
  realm_id = keycloak_realm.lending.id
  alias    = "lender-direct-grant"
}

resource "keycloak_authentication_execution" "direct_grant_username" {
  realm_id          = keycloak_realm.lending.id
  parent_flow_alias = keycloak_authentication_flow.direct_grant.alias
  authenticator     = "direct-grant-validate-username"
  requirement       = "REQUIRED"
  priority          = 10
}

resource "keycloak_authentication_execution" "direct_grant_password" {
  realm_id          = keycloak_realm.lending.id
  parent_flow_alias = keycloak_authentication_flow.direct_grant.alias
  authenticator     = "direct-grant-validate-password"
  requirement       = "REQUIRED"
  priority          = 20
}

resource "keycloak_authentication_subflow" "direct_grant_second_factor" {
  realm_id          = keycloak_realm.lending.id
  parent_flow_alias = keycloak_authentication_flow.direct_grant.alias
  alias             = "lender-direct-grant-second-factor"
  requirement       = "CONDITIONAL"
  priority          = 30
}

resource "keycloak_authentication_execution" "direct_grant_condition" {
  realm_id          = keycloak_realm.lending.id
  parent_flow_alias = keycloak_authentication_subflow.direct_grant_second_factor.alias
  authenticator     = "conditional-user-configured"
  requirement       = "REQUIRED"
  priority          = 10
}

resource "keycloak_authentication_execution" "direct_grant_otp" {
  realm_id          = keycloak_realm.lending.id
  parent_flow_alias = keycloak_authentication_subflow.direct_grant_second_factor.alias
  authenticator     = "direct-grant-validate-otp"
  requirement       = "REQUIRED"
  priority          = 20
}

resource "keycloak_authentication_execution" "direct_grant_tenant_access" {
  realm_id          = keycloak_realm.lending.id
  parent_flow_alias = keycloak_authentication_flow.direct_grant.alias
  authenticator     = "tenant-access"
  requirement       = "REQUIRED"
  priority          = 40
}

resource "keycloak_authentication_flow" "after_broker_login" {
  realm_id = keycloak_realm.lending.id
  alias    = "lender-after-broker-login"
}

resource "keycloak_authentication_execution" "after_broker_login_tenant_access" {
  realm_id          = keycloak_realm.lending.id
  parent_flow_alias = keycloak_authentication_flow.after_broker_login.alias
  authenticator     = "tenant-access"
  requirement       = "REQUIRED"
  priority          = 10
}

resource "keycloak_authentication_flow" "first_broker_login" {
  realm_id = keycloak_realm.lending.id
  alias    = "lender-first-broker-login"
}

resource "keycloak_authentication_execution" "first_broker_login_review" {
  realm_id          = keycloak_realm.lending.id
  parent_flow_alias = keycloak_authentication_flow.first_broker_login.alias
  authenticator     = "tenant-review-profile"
  requirement       = "REQUIRED"
  priority          = 10
}

resource "keycloak_authentication_execution" "first_broker_login_link_guard" {
  realm_id          = keycloak_realm.lending.id
  parent_flow_alias = keycloak_authentication_flow.first_broker_login.alias
  authenticator     = "tenant-link-guard"
  requirement       = "REQUIRED"
  priority          = 20
}

resource "keycloak_authentication_subflow" "create_or_link" {
  realm_id          = keycloak_realm.lending.id
  parent_flow_alias = keycloak_authentication_flow.first_broker_login.alias
  alias             = "lender-create-or-link"
  requirement       = "REQUIRED"
  priority          = 30
}

resource "keycloak_authentication_execution" "create_if_unique" {
  realm_id          = keycloak_realm.lending.id
  parent_flow_alias = keycloak_authentication_subflow.create_or_link.alias
  authenticator     = "idp-create-user-if-unique"
  requirement       = "ALTERNATIVE"
  priority          = 10
}

resource "keycloak_authentication_subflow" "link_existing" {
  realm_id          = keycloak_realm.lending.id
  parent_flow_alias = keycloak_authentication_subflow.create_or_link.alias
  alias             = "lender-link-existing"
  requirement       = "ALTERNATIVE"
  priority          = 20
}

resource "keycloak_authentication_execution" "link_confirm" {
  realm_id          = keycloak_realm.lending.id
  parent_flow_alias = keycloak_authentication_subflow.link_existing.alias
  authenticator     = "idp-confirm-link"
  requirement       = "REQUIRED"
  priority          = 10
}

resource "keycloak_authentication_subflow" "proof" {
  realm_id          = keycloak_realm.lending.id
  parent_flow_alias = keycloak_authentication_subflow.link_existing.alias
  alias             = "lender-proof-of-ownership"
  requirement       = "REQUIRED"
  priority          = 20
}

resource "keycloak_authentication_execution" "proof_email" {
  realm_id          = keycloak_realm.lending.id
  parent_flow_alias = keycloak_authentication_subflow.proof.alias
  authenticator     = "idp-email-verification"
  requirement       = "ALTERNATIVE"
  priority          = 10
}

resource "keycloak_authentication_subflow" "proof_sign_in" {
  realm_id          = keycloak_realm.lending.id
  parent_flow_alias = keycloak_authentication_subflow.proof.alias
  alias             = "lender-proof-by-signing-in"
  requirement       = "ALTERNATIVE"
  priority          = 20
}

resource "keycloak_authentication_execution" "proof_password" {
  realm_id          = keycloak_realm.lending.id
  parent_flow_alias = keycloak_authentication_subflow.proof_sign_in.alias
  authenticator     = "idp-username-password-form"
  requirement       = "REQUIRED"
  priority          = 10
}

resource "keycloak_authentication_subflow" "proof_second_factor" {
  realm_id          = keycloak_realm.lending.id
  parent_flow_alias = keycloak_authentication_subflow.proof_sign_in.alias
  alias             = "lender-proof-second-factor"
  requirement       = "CONDITIONAL"
  priority          = 20
}

resource "keycloak_authentication_execution" "proof_condition" {
  realm_id          = keycloak_realm.lending.id
  parent_flow_alias = keycloak_authentication_subflow.proof_second_factor.alias
  authenticator     = "conditional-user-configured"
  requirement       = "REQUIRED"
  priority          = 10
}

resource "keycloak_authentication_execution" "proof_otp" {
  realm_id          = keycloak_realm.lending.id
  parent_flow_alias = keycloak_authentication_subflow.proof_second_factor.alias
  authenticator     = "auth-otp-form"
  requirement       = "REQUIRED"
  priority          = 20
}
