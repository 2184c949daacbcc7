<#--
  Around every mail; in place of Keycloak's, which is nothing but html and body. Programs that read mail know neither
  style sheets nor custom properties, so the colours stand where they are used: all of them were checked or computed by
  the jar. No picture and nothing else is loaded from anywhere.
-->
<#macro emailLayout>
<!DOCTYPE html>
<html lang="${locale.toLanguageTag()}" dir="${(ltr)?then('ltr','rtl')}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light">
<title>${subject!}</title>
<style>a{color:${tenantryBrand.accent};font-weight:600}p{margin:0 0 1em}</style>
</head>
<body style="margin:0;padding:24px 12px;background:#eef0f3;color:#1a1d22;font:16px/1.5 -apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0"><tr><td align="center">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="max-width:560px;background:#ffffff;border-radius:12px;overflow:hidden;overflow-wrap:anywhere">
<tr><td style="padding:24px 32px;background:${tenantryBrand.color};color:${tenantryBrand.onColor};font-size:20px;font-weight:600"><bdi>${tenantryBrand.name}</bdi></td></tr>
<tr><td style="padding:32px 32px 16px">
<#nested>
</td></tr>
<#if tenantryBrand.support?? || tenantryBrand.privacy?? || tenantryBrand.legal?has_content>
<tr><td style="padding:16px 32px 24px;border-top:1px solid #d9dde3;color:#555c66;font-size:13px">
<#if tenantryBrand.support??><p><a href="${tenantryBrand.support}">${msg("tenantrySupport")}</a></p></#if>
<#if tenantryBrand.privacy??><p><a href="${tenantryBrand.privacy}">${msg("tenantryPrivacy")}</a></p></#if>
<#list tenantryBrand.legal as line><p><bdi>${line}</bdi></p></#list>
</td></tr>
</#if>
</table>
</td></tr></table>
</body>
</html>
</#macro>
