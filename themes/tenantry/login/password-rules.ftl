<#--
  What is asked of a password, on the pages where one is chosen. It stands below the form, where footer.ftl may write;
  the script moves it before the field, ties it to the field for screen readers, and ticks what the password meets while
  it is typed. Nothing is sent anywhere. Texts are those of the jar, with names that administrators wrote, so they are
  escaped like everything else.
-->
<#macro list>
  <#local asked = (tenantryPasswordRules![])?filter(rule -> rule.text?has_content)>
  <#if asked?has_content>
  <section id="tenantry-password-rules" class="tenantry-password-rules" aria-labelledby="tenantry-password-rules-title"
           data-met="${msg("tenantryRuleMet")}" data-unmet="${msg("tenantryRuleUnmet")}">
    <h2 id="tenantry-password-rules-title" class="tenantry-password-rules__title">${msg("tenantryPasswordRulesTitle")}</h2>
    <ul class="tenantry-password-rules__list">
      <#list asked as rule>
      <li data-rule="${rule.id}" data-value="${rule.value}" data-tenant="${rule.tenant}">${rule.text}</li>
      </#list>
    </ul>
  </section>
  <script type="module" src="${url.resourcesPath}/js/password-rules.js"></script>
  </#if>
</#macro>
