package io.tenantry.it.token;

import static io.restassured.RestAssured.given;

import io.restassured.response.Response;
import io.tenantry.it.TestRealm;
import io.tenantry.it.TestUser;
import io.tenantry.stack.browser.Browser;
import io.tenantry.stack.browser.Page;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * An application that people sign in to by SAML, and the client for it.
 *
 * @param id the internal id, for the admin API
 * @param name the client id, and the last part of the address by which a sign-in is begun at Keycloak
 */
record SamlApplication(TestRealm realm, String id, String name) {
    static final String PROTOCOL = "urn:oasis:names:tc:SAML:2.0:protocol";
    static final String ASSERTION = "urn:oasis:names:tc:SAML:2.0:assertion";

    /** Where it is called back; nothing listens there. */
    private static final String CONSUMER = "http://app.example/saml";

    static SamlApplication in(TestRealm realm, String name, Map<String, String> attributes) {
        Map<String, String> all = new HashMap<>(Map.of(
                "saml.client.signature",
                "false",
                "saml.force.post.binding",
                "true",
                "saml.allow.ecp.flow",
                "true",
                "saml_idp_initiated_sso_url_name",
                name,
                "saml_assertion_consumer_url_post",
                CONSUMER,
                "saml_single_logout_service_url_post",
                CONSUMER));
        all.putAll(attributes);
        Response created = realm.admin()
                .body(Map.of(
                        "clientId", name, "protocol", "saml", "redirectUris", List.of(CONSUMER), "attributes", all))
                .post("/clients");
        created.then().statusCode(201);
        return new SamlApplication(realm, created.header("Location").replaceAll(".*/", ""), name);
    }

    SamlApplication mapper(String type, Map<String, String> config) {
        realm.admin()
                .body(Map.of("name", type, "protocol", "saml", "protocolMapper", type, "config", config))
                .post("/clients/{id}/protocol-mappers/models", id)
                .then()
                .statusCode(201);
        return this;
    }

    /** Begun by the application. */
    Page open(Browser browser) {
        return open(browser, "");
    }

    /** The same with further attributes of the AuthnRequest. */
    Page open(Browser browser, String more) {
        return browser.open(URI.create(endpoint() + "?SAMLRequest=" + deflated(request(more))));
    }

    /** The same under another host name of the server. */
    Page openAt(String host, Browser browser) {
        URI server = realm.server().keycloak().baseUri();
        return browser.open(URI.create(endpoint().replace("//" + server.getHost() + ":", "//" + host + ":")
                + "?SAMLRequest=" + deflated(request(""))));
    }

    /** Begun at Keycloak. */
    Page openAtKeycloak(Browser browser) {
        return browser.open(URI.create(endpoint() + "/clients/" + name));
    }

    /** The profile for applications without a browser. */
    Response enhancedClient(TestUser user) {
        return given().auth()
                .preemptive()
                .basic(user.username(), TestUser.PASSWORD)
                .contentType("text/xml")
                .body("<S:Envelope xmlns:S='http://schemas.xmlsoap.org/soap/envelope/'><S:Body>" + request("")
                        + "</S:Body></S:Envelope>")
                .post(endpoint());
    }

    /** Ends the session by the application's request. */
    Page logout(Browser browser, Told told) {
        String request = "<samlp:LogoutRequest xmlns:samlp='" + PROTOCOL + "' xmlns:saml='" + ASSERTION + "' ID='_"
                + UUID.randomUUID() + "' Version='2.0' IssueInstant='" + Instant.now() + "' Destination='" + endpoint()
                + "'><saml:Issuer>" + name + "</saml:Issuer><saml:NameID>" + told.nameId()
                + "</saml:NameID><samlp:SessionIndex>" + told.sessionIndex()
                + "</samlp:SessionIndex></samlp:LogoutRequest>";
        return browser.open(URI.create(endpoint() + "?SAMLRequest=" + deflated(request)));
    }

    /** Signs somebody in, in a fresh browser. */
    Page signIn(TestUser user) {
        return credentials(open(new Browser()), user);
    }

    static Page credentials(Page page, TestUser user) {
        if (page.hasField("username") && page.hasField("password")) {
            return page.submit(Map.of("username", user.username(), "password", TestUser.PASSWORD));
        }
        return page.submit(Map.of("username", user.username())).submit(Map.of("password", TestUser.PASSWORD));
    }

    /** What the application is told by the page that takes people to it. */
    static Told told(Page page) {
        Element response = response(page);
        NodeList assertions = response.getElementsByTagNameNS(ASSERTION, "Assertion");
        if (assertions.getLength() != 1) {
            throw new AssertionError(assertions.getLength() + " assertions: " + page.body());
        }
        return new Told((Element) assertions.item(0));
    }

    /** Whether a page takes people to the application with anything. */
    static boolean leads(Page page) {
        return page.hasField("SAMLResponse");
    }

    /** The message that a page takes to the application. */
    static Element response(Page page) {
        org.jsoup.nodes.Element field = page.document().selectFirst("input[name=SAMLResponse]");
        if (field == null) {
            throw new AssertionError("no response: the browser is at " + page + ", which says: " + page.text());
        }
        return parse(Base64.getMimeDecoder().decode(field.attr("value"))).getDocumentElement();
    }

    static Document parse(byte[] text) {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setNamespaceAware(true);
            return factory.newDocumentBuilder().parse(new ByteArrayInputStream(text));
        } catch (ParserConfigurationException | SAXException | IOException e) {
            throw new IllegalArgumentException(new String(text, StandardCharsets.UTF_8), e);
        }
    }

    /** An assertion. */
    record Told(Element assertion) {
        /** Its attributes by name. */
        Map<String, List<String>> attributes() {
            Map<String, List<String>> attributes = new TreeMap<>();
            NodeList all = assertion.getElementsByTagNameNS(ASSERTION, "Attribute");
            for (int i = 0; i < all.getLength(); i++) {
                Element attribute = (Element) all.item(i);
                NodeList written = attribute.getElementsByTagNameNS(ASSERTION, "AttributeValue");
                // Keycloak writes one attribute for each role of the realm
                List<String> values =
                        attributes.computeIfAbsent(attribute.getAttribute("Name"), n -> new ArrayList<>());
                for (int j = 0; j < written.getLength(); j++) {
                    values.add(written.item(j).getTextContent());
                }
            }
            return attributes;
        }

        /** How many attributes each statement has: SAML wants one at least. */
        List<Integer> statements() {
            NodeList all = assertion.getElementsByTagNameNS(ASSERTION, "AttributeStatement");
            List<Integer> sizes = new ArrayList<>();
            for (int i = 0; i < all.getLength(); i++) {
                sizes.add(((Element) all.item(i))
                        .getElementsByTagNameNS(ASSERTION, "Attribute")
                        .getLength());
            }
            return sizes;
        }

        String nameId() {
            return assertion.getElementsByTagNameNS(ASSERTION, "NameID").item(0).getTextContent();
        }

        String sessionIndex() {
            return ((Element) assertion
                            .getElementsByTagNameNS(ASSERTION, "AuthnStatement")
                            .item(0))
                    .getAttribute("SessionIndex");
        }
    }

    private String endpoint() {
        return realm.issuer() + "/protocol/saml";
    }

    private String request(String more) {
        return "<samlp:AuthnRequest xmlns:samlp='" + PROTOCOL + "' xmlns:saml='" + ASSERTION + "' ID='_"
                + UUID.randomUUID() + "' Version='2.0' IssueInstant='" + Instant.now() + "' " + more
                + "><saml:Issuer>" + name + "</saml:Issuer></samlp:AuthnRequest>";
    }

    private static String deflated(String message) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DeflaterOutputStream out =
                new DeflaterOutputStream(bytes, new Deflater(Deflater.DEFAULT_COMPRESSION, true))) {
            out.write(message.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return URLEncoder.encode(Base64.getEncoder().encodeToString(bytes.toByteArray()), StandardCharsets.UTF_8);
    }
}
