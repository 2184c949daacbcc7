<#--
  Ours, in place of Keycloak's, which shows neither logos nor a way to find one among many. What both share is the field
  kc.org and the form's address. Only lenders that the person may enter here are in tenantryChoices. Without scripts the
  list is complete and works; the script adds the search.
-->
<#import "template.ftl" as layout>
<@layout.registrationLayout; section>
  <#if section = "header">
    ${msg("tenantrySelectTitle")}
  <#elseif section = "form">
    <#assign choices = tenantryChoices![]>
    <form id="tenantry-select" action="${url.loginAction}" method="post">
      <#if choices?size gt 7>
      <div class="tenantry-search" hidden data-none="${msg("tenantrySearchNone")}" data-one="${msg("tenantrySearchOne")}" data-many="${msg("tenantrySearchMany", "#")}">
        <label class="${properties.kcFormLabelClass!}" for="tenantry-search">${msg("tenantrySearch")}</label>
        <span class="${properties.kcInputClass!}"><input id="tenantry-search" type="search" autocomplete="off" spellcheck="false" aria-controls="tenantry-lenders"></span>
        <p class="tenantry-search__count" role="status"></p>
      </div>
      </#if>
      <ul id="tenantry-lenders" class="tenantry-lenders" role="list">
        <#list choices as choice>
        <li><button type="submit" name="kc.org" value="${choice.id}">
          <#if choice.logo??><img src="${choice.logo}" alt="" loading="lazy" width="40" height="40"><#else><span class="tenantry-initial" aria-hidden="true">${choice.initial}</span></#if>
          <bdi>${choice.name}</bdi></button></li>
        </#list>
      </ul>
    </form>
    <script type="module" src="${url.resourcesPath}/js/select-lender.js"></script>
  </#if>
</@layout.registrationLayout>
