package io.tenantry.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.tenant.ConcealedOrganization;
import io.tenantry.tenant.OrganizationTenant;
import io.tenantry.tenant.Tenant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.keycloak.dom.saml.v2.assertion.AssertionType;
import org.keycloak.dom.saml.v2.assertion.AttributeStatementType;
import org.keycloak.dom.saml.v2.assertion.AttributeType;
import org.keycloak.dom.saml.v2.assertion.AuthnStatementType;
import org.keycloak.dom.saml.v2.assertion.EncryptedAssertionType;
import org.keycloak.dom.saml.v2.protocol.ResponseType;
import org.keycloak.saml.processing.core.saml.v2.util.XMLTimeUtil;

class TenantSamlAttributesTest {
    private static final Tenant HARBOR = new OrganizationTenant(new ConcealedOrganization("harbor", null));
    private static final Set<String> RESERVED = Set.of("tenant_id", "tenant_roles");

    private final ResponseType response = new ResponseType("_response", XMLTimeUtil.getIssueInstant());
    private final AssertionType assertion = new AssertionType("_assertion", XMLTimeUtil.getIssueInstant());

    TenantSamlAttributesTest() {
        response.addAssertion(new ResponseType.RTChoiceType(assertion));
        assertion.addStatement(new AuthnStatementType(XMLTimeUtil.getIssueInstant()));
    }

    @Test
    void theTenantTakesThePlaceOfWhatOthersWroteUnderItsNames() {
        say("tenant_id", "", "northbank");
        say("urn:oid:1.2", "tenant_roles", "admin");
        say("mail", "email", "a@b.example");

        rewrite(Optional.of(HARBOR), true, Map.of("tenant_id", List.of("harbor"), "tenant_roles", List.of()));

        assertThat(said())
                .isEqualTo(Map.of(
                        "tenant_id", List.of("harbor"), "tenant_roles", List.of(), "mail", List.of("a@b.example")));
    }

    @Test
    void organizationsAreKeptToTheTenantWhereKeycloaksMapperWroteThem() {
        say("organization", "organization", "northbank", "harbor");

        rewrite(Optional.of(HARBOR), true, Map.of());

        assertThat(said()).isEqualTo(Map.of("organization", List.of("harbor")));
    }

    @Test
    void whatIsNotOfTheTenantGoesAndAnEmptyStatementWithIt() {
        say("organization", "organization", "northbank", "summit");

        rewrite(Optional.of(HARBOR), true, Map.of());

        AssertionType left = response.getAssertions().get(0).getAssertion();
        assertThat(left.getID()).isEqualTo("_assertion");
        assertThat(left.getAttributeStatements()).isEmpty();
        assertThat(left.getStatements()).hasSize(1);
    }

    @Test
    void withoutATenantNoneIsNamedAndAnotherMappersOrganizationStays() {
        say("organization", "organization", "northbank");
        rewrite(Optional.empty(), false, Map.of());
        assertThat(said()).isEqualTo(Map.of("organization", List.of("northbank")));

        rewrite(Optional.empty(), true, Map.of());
        assertThat(said()).isEmpty();
    }

    @Test
    void anAssertionWithoutAttributesGetsSome() {
        rewrite(Optional.of(HARBOR), false, Map.of("tenant_id", List.of("harbor")));

        assertThat(said()).isEqualTo(Map.of("tenant_id", List.of("harbor")));
    }

    @Test
    void whatCannotBeLookedIntoIsNotLetGo() {
        ResponseType sealed = new ResponseType("_sealed", XMLTimeUtil.getIssueInstant());
        sealed.addAssertion(new ResponseType.RTChoiceType(new EncryptedAssertionType()));

        assertThatThrownBy(() -> new TenantSamlAttributes(
                                new TenantSamlAnswer.Told(Optional.empty(), true, RESERVED, Map.of()))
                        .rewrite(sealed))
                .isInstanceOf(IllegalStateException.class);
    }

    private void rewrite(Optional<Tenant> tenant, boolean narrowed, Map<String, List<String>> attributes) {
        new TenantSamlAttributes(new TenantSamlAnswer.Told(tenant, narrowed, RESERVED, attributes)).rewrite(response);
    }

    private void say(String name, String friendlyName, String... values) {
        AttributeType attribute = new AttributeType(name);
        attribute.setFriendlyName(friendlyName);
        List.of(values).forEach(attribute::addAttributeValue);
        AttributeStatementType statement = assertion.getAttributeStatements().stream()
                .findFirst()
                .orElseGet(() -> {
                    AttributeStatementType first = new AttributeStatementType();
                    assertion.addStatement(first);
                    return first;
                });
        statement.addAttribute(new AttributeStatementType.ASTChoiceType(attribute));
    }

    private Map<String, List<Object>> said() {
        Map<String, List<Object>> said = new TreeMap<>();
        response.getAssertions().get(0).getAssertion().getAttributeStatements().stream()
                .flatMap(statement -> statement.getAttributes().stream())
                .forEach(choice -> said.put(
                        choice.getAttribute().getName(), choice.getAttribute().getAttributeValue()));
        return said;
    }
}
