package io.tenantry.oidc;

import io.tenantry.doctor.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Decides what is wrong with a tenant's OpenID provider. */
final class OidcProviderRules {
    private OidcProviderRules() {}

    static Stream<Finding> check(OidcFacts provider) {
        String where = "identity provider " + provider.alias();
        List<Finding> findings = new ArrayList<>();
        if (!provider.signatures()) {
            findings.add(Finding.error(
                    "unsigned-tokens-accepted",
                    "Tokens are taken without a look at who signed them, logout tokens included.",
                    where,
                    "Switch on Validate Signatures, and set the JWKS URL."));
        }
        if (!provider.issuer()) {
            findings.add(Finding.warning(
                    "issuer-not-checked",
                    "The issuer of tokens is not checked, as the identity provider's issuer is not set.",
                    where,
                    "Set Issuer."));
        }
        return findings.stream();
    }
}
