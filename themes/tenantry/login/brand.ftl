<#--
  The brand of this page: the lender's as soon as Keycloak knows the lender, else the platform's.
  Attributes of an organization are written by the lender's own administrators, so nothing of them reaches the page
  unless it matches a pattern here. Whatever does not match is as if it were not there.
-->

<#assign PLATFORM_COLOR = "#1b3a5c">

<#function lenderAttribute name>
  <#if org?? && org.attributes??>
    <#local values = org.attributes[name]![]>
    <#if values?has_content><#return values?first></#if>
  </#if>
  <#return "">
</#function>

<#function isColor text>
  <#return text?matches("#[0-9a-fA-F]{6}")>
</#function>

<#-- The lender's colour; the realm's, a text override of the console (Realm settings, Localization); the platform's -->
<#function color>
  <#list [lenderAttribute("branding.color"), msg("tenantryRealmColor")] as candidate>
    <#if isColor(candidate)><#return candidate></#if>
  </#list>
  <#return PLATFORM_COLOR>
</#function>

<#-- One channel of sRGB made linear, by a cubic that stays within 0.002 of the curve that WCAG prescribes -->
<#function linear hexPair>
  <#local digits = "0123456789abcdef">
  <#local c = (digits?index_of(hexPair[0]) * 16 + digits?index_of(hexPair[1])) / 255>
  <#return c * (c * (c * 0.305306 + 0.682171) + 0.012523)>
</#function>

<#-- White or black, whichever WCAG 2.2 calls readable (4.5 to 1) on the colour: up to a luminance of 0.18 that is white -->
<#function textOn color>
  <#local hex = color?lower_case>
  <#local luminance = 0.2126 * linear(hex[1..2]) + 0.7152 * linear(hex[3..4]) + 0.0722 * linear(hex[5..6])>
  <#return (luminance > 0.179)?then("#000000", "#ffffff")>
</#function>

<#-- The address of the lender's logo: a file of this theme, or https at a host that theme.properties allows -->
<#function logo>
  <#local value = lenderAttribute("branding.logo")>
  <#if value?matches("[a-z0-9][a-z0-9-]{0,62}[.](svg|png|webp)")>
    <#return url.resourcesPath + "/img/lenders/" + value>
  </#if>
  <#if value?matches("https://[a-z0-9.-]{1,100}/[A-Za-z0-9._/-]{1,140}")>
    <#local host = value?keep_after("https://")?keep_before("/")>
    <#if (properties.tenantryLogoHosts!"")?split(" ")?seq_contains(host)><#return value></#if>
  </#if>
  <#return "">
</#function>

<#-- Custom properties and nothing else: what they do is in css/tenantry.css -->
<#macro style>
  <#local brand = color()>
  <#local image = logo()>
  <style>:root{--tenantry-brand:${brand};--tenantry-on-brand:${textOn(brand)}<#if image?has_content>;--tenantry-logo:url("${image}");--tenantry-logo-display:block</#if>}</style>
</#macro>
