package io.tenantry.stack.demo;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the application holds after a sign-in. */
record Session(String accessToken, String idToken) {
    /** The access token's claims, decoded and not verified: the verifier does that. */
    JWTClaimsSet claims() {
        try {
            return SignedJWT.parse(accessToken).getJWTClaimsSet();
        } catch (ParseException e) {
            throw new StepFailedException("the access token is not a signed JWT");
        }
    }

    String claim(String name) {
        Object value = claims().getClaim(name);
        if (value == null) {
            throw new StepFailedException("the access token has no claim " + name);
        }
        return value.toString();
    }

    /** The claims worth showing, in this order, where present. */
    Map<String, Object> shown() {
        Map<String, Object> claims = new LinkedHashMap<>();
        for (String name : List.of("iss", "sub", "azp", "aud", "sid", "iat", "exp", "tenant_id", "tenant_roles")) {
            Object value = claims().toJSONObject().get(name);
            if (value != null) {
                claims.put(name, value);
            }
        }
        return claims;
    }

    /** Not the tokens. */
    @Override
    public String toString() {
        return "Session";
    }
}
