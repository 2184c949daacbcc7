<#--
  keycloak.v2 leaves this file to child themes, and its template.ftl imports it before it renders anything. So what is
  made global here holds for the whole page, and no template of Keycloak has to be copied.
-->
<#import "brand.ftl" as brand>
<#if org?? && realm??>
  <#if title?? && title == msg("loginTitle", realm.displayName!"")>
    <#global title = msg("loginTitle", org.name)>
  </#if>
  <#-- The header shows the realm's display name as HTML, so the lender's name is escaped for it first -->
  <#global realm = realm + {"displayName": org.name, "displayNameHtml": org.name?esc?markup_string}>
</#if>
<#macro content>
  <@brand.style/>
</#macro>
