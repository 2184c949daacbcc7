<#--
  Ours, in place of Keycloak's, which hides the frames by an inline style: a strict security policy refuses it, and the
  browser says so on every such logout. What both share is the bean logout, which a test compares. The frames are told
  as they load; then the script goes back to the application, if it said where to.
-->
<#import "template.ftl" as layout>
<@layout.registrationLayout; section>
  <#if section = "header">
    ${msg("frontchannel-logout.title")}
  <#elseif section = "form">
    <p>${msg("frontchannel-logout.message")}</p>
    <ul class="pf-v5-c-list" role="list">
      <#list logout.clients as client>
      <li><bdi>${advancedMsg(client.name)}</bdi><iframe src="${client.frontChannelLogoutUrl}" hidden></iframe></li>
      </#list>
    </ul>
    <#if logout.logoutRedirectUri?has_content>
    <a id="continue" class="${properties.kcButtonPrimaryClass!} ${properties.kcButtonBlockClass!} ${properties.kcMarginTopClass!}" href="${logout.logoutRedirectUri}">${msg("doContinue")}</a>
    <script type="module" src="${url.resourcesPath}/js/continue.js"></script>
    </#if>
  </#if>
</@layout.registrationLayout>
