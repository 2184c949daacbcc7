<#--
  keycloak.v2 leaves this file to child themes, and its template.ftl imports it before it renders anything. So what is
  made global here holds for the whole page, and no template of Keycloak has to be copied.
-->
<#import "brand.ftl" as brand>
<#import "password-rules.ftl" as passwordRules>
<#if org?? && realm??>
  <#if title?? && title == msg("loginTitle", realm.displayName!"")>
    <#global title = msg("loginTitle", org.name)>
  </#if>
  <#--
    The header takes the realm's display name for HTML: it decodes entities until none is left, then lets links and
    pictures through. Escaping would not survive that, so an invisible word joiner keeps a name from forming either.
  -->
  <#global realm = realm + {"displayName": org.name, "displayNameHtml": org.name?replace("[<&]", "$0\x2060", "r")}>
</#if>
<#macro content>
  <@brand.style/>
  <@passwordRules.list/>
</#macro>
