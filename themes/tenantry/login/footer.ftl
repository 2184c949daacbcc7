<#--
  keycloak.v2 leaves this file to child themes, and its template.ftl imports it before it renders anything. So what is
  made global here holds for the whole page, and no template of Keycloak has to be copied.

  tenantryBrand comes from the jar, which lets nothing of a lender's attributes through that is not what it may be.
-->
<#import "password-rules.ftl" as passwordRules>
<#-- Keycloak's page for an address that is none is made elsewhere than all others, and is told neither title nor brand -->
<#if realm?? && !title?has_content>
  <#global title = msg("loginTitle", realm.displayName!(realm.name!""))>
</#if>
<#if realm?? && !tenantryBrand?? && !realm.displayNameHtml?has_content>
  <#global realm = realm + {"displayNameHtml": realm.displayName!(realm.name!"")}>
</#if>
<#if tenantryBrand?? && realm??>
  <#if title?? && title == msg("loginTitle", realm.displayName!"")>
    <#global title = msg("loginTitle", tenantryBrand.name)>
  </#if>
  <#--
    The header takes the realm's display name for HTML: it decodes entities until none is left, then lets links and
    pictures through. Escaping would not survive that: markupName is made so that it forms neither.
  -->
  <#global realm = realm + {
    "displayName": tenantryBrand.name,
    "displayNameHtml": (tenantryBrand.logo??)?then('<img class="tenantry-logo" alt="" src="' + (tenantryBrand.logo!"") + '">', "")
      + '<span class="tenantry-name">' + tenantryBrand.markupName + '</span>'
  }>
</#if>
<#macro content>
  <@passwordRules.list/>
  <#-- The first page of a sign-in has no such label, and nothing to spare -->
  <#if !["login", "login-username"]?seq_contains(pageId!"") || (auth?has_content && auth.showUsername())>
  <script type="module" src="${url.resourcesPath}/js/labels.js"></script>
  </#if>
  <#if (pageId!"") == "login-otp">
  <script type="module" src="${url.resourcesPath}/js/apps.js"></script>
  </#if>
  <#if tenantryBrand??>
    <#local links = tenantryBrand.support?? || tenantryBrand.privacy??>
    <#if links || tenantryBrand.legal?has_content>
    <div class="tenantry-footer">
      <#if links>
      <p class="tenantry-footer__links">
        <#if tenantryBrand.support??><a id="tenantry-support" href="${tenantryBrand.support}">${msg("tenantrySupport")}</a></#if>
        <#if tenantryBrand.privacy??><a id="tenantry-privacy" href="${tenantryBrand.privacy}">${msg("tenantryPrivacy")}</a></#if>
      </p>
      </#if>
      <#list tenantryBrand.legal as line><p><bdi>${line}</bdi></p></#list>
    </div>
    </#if>
  </#if>
</#macro>
