package io.tenantry.repository;

import com.helger.css.decl.AbstractHasTopLevelRules;
import com.helger.css.decl.CSSDeclaration;
import com.helger.css.decl.CSSFontFaceRule;
import com.helger.css.decl.CSSKeyframesRule;
import com.helger.css.decl.CSSSelector;
import com.helger.css.decl.CSSSelectorAttribute;
import com.helger.css.decl.CSSSelectorMemberNot;
import com.helger.css.decl.CSSSelectorMemberPseudoHas;
import com.helger.css.decl.CSSSelectorMemberPseudoIs;
import com.helger.css.decl.CSSSelectorMemberPseudoWhere;
import com.helger.css.decl.CSSSelectorSimpleMember;
import com.helger.css.decl.CSSStyleRule;
import com.helger.css.decl.CascadingStyleSheet;
import com.helger.css.decl.ICSSSelectorMember;
import com.helger.css.decl.ICSSTopLevelRule;
import com.helger.css.decl.visit.AbstractModifyingCSSUrlVisitor;
import com.helger.css.decl.visit.CSSVisitor;
import com.helger.css.reader.CSSReader;
import com.helger.css.reader.CSSReaderSettings;
import com.helger.css.reader.errorhandler.CSSParseError;
import com.helger.css.reader.errorhandler.CollectingCSSParseErrorHandler;
import com.helger.css.reader.errorhandler.DoNothingCSSParseErrorHandler;
import com.helger.css.reader.errorhandler.ICSSParseErrorHandler;
import com.helger.css.writer.CSSWriterSettings;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The part of a style sheet that can apply to pages in whose sources certain words stand: a class that is none of them is on
 * no page.
 */
final class PatternFlySheet {
    private static final CSSWriterSettings SHORT = new CSSWriterSettings().setOptimizedOutput(true);
    private static final Pattern WORD = Pattern.compile("[\\w-]+");
    private static final Pattern CLASS = Pattern.compile("[.](-?[_a-zA-Z][\\w-]*)");
    private static final Pattern READ = Pattern.compile("var\\((--[\\w-]+)");

    private PatternFlySheet() {}

    static Set<String> words(String text) {
        return WORD.matcher(text).results().map(word -> word.group()).collect(Collectors.toSet());
    }

    /** What the parser says of the rules that it reads in part or not at all. */
    static List<String> unread(String css) {
        CollectingCSSParseErrorHandler errors = new CollectingCSSParseErrorHandler();
        parsed(css, errors);
        return errors.getAllParseErrors().stream()
                .map(CSSParseError::getErrorMessage)
                .toList();
    }

    private static CascadingStyleSheet parsed(String css, ICSSParseErrorHandler errors) {
        return Objects.requireNonNull(
                CSSReader.readFromStringReader(css, new CSSReaderSettings().setCustomErrorHandler(errors)),
                "cannot be read");
    }

    /** The classes that a sheet speaks of. */
    static Set<String> classes(String css) {
        return CLASS.matcher(css).results().map(named -> named.group(1)).collect(Collectors.toSet());
    }

    /**
     * Reduces a sheet: without rules whose classes are no words, properties and animations that nothing reads, and fonts
     * that nothing in it names. What the parser {@link #unread cannot read} is left out as well.
     *
     * @param urls where what the sheet refers to is to be found
     */
    static String reduced(String css, Set<String> words, UnaryOperator<String> urls) {
        CascadingStyleSheet sheet = parsed(css, new DoNothingCSSParseErrorHandler());
        List<ICSSTopLevelRule> rules = sheet.getAllRules();
        rules.removeIf(rule -> !isUsed(rule, words));
        int properties;
        do {
            properties = 0;
            Set<String> read = new HashSet<>(words);
            Matcher reads = READ.matcher(text(rules));
            while (reads.find()) {
                read.add(reads.group(1));
            }
            for (ICSSTopLevelRule rule : rules) {
                properties += forget(rule, read);
            }
        } while (properties > 0);
        rules.removeIf(PatternFlySheet::isEmpty);
        Set<String> named =
                words(text(rules.stream().filter(rule -> names(rule).isEmpty()).toList()));
        rules.removeIf(rule -> !named.containsAll(names(rule)));
        sheet.removeAllRules();
        rules.forEach(sheet::addRule);
        CSSVisitor.visitCSSUrl(sheet, new AbstractModifyingCSSUrlVisitor() {
            @Override
            protected String getModifiedURI(String original) {
                return urls.apply(original);
            }
        });
        return text(rules);
    }

    private static String text(List<ICSSTopLevelRule> rules) {
        return rules.stream().map(rule -> rule.getAsCSSString(SHORT) + "\n").collect(Collectors.joining());
    }

    private static boolean isUsed(ICSSTopLevelRule rule, Set<String> words) {
        if (rule instanceof CSSStyleRule style) {
            style.getAllSelectors().stream()
                    .filter(selector -> !canMatch(selector, words))
                    .forEach(style::removeSelector);
            return style.getSelectorCount() > 0;
        }
        if (rule instanceof AbstractHasTopLevelRules group) {
            group.getAllRules().stream().filter(inner -> !isUsed(inner, words)).forEach(group::removeRule);
            return group.hasRules();
        }
        return true;
    }

    private static boolean canMatch(ICSSSelectorMember member, Set<String> words) {
        if (member instanceof CSSSelector selector) {
            return selector.getAllMembers().stream().allMatch(each -> canMatch(each, words));
        }
        if (member instanceof CSSSelectorSimpleMember simple) {
            return !simple.isClass() || words.contains(simple.getValue().substring(1));
        }
        if (member instanceof CSSSelectorMemberPseudoIs any) {
            return canMatch(any.getAllSelectors(), words);
        }
        if (member instanceof CSSSelectorMemberPseudoWhere any) {
            return canMatch(any.getAllSelectors(), words);
        }
        if (member instanceof CSSSelectorMemberPseudoHas any) {
            return canMatch(any.getAllSelectors(), words);
        }
        // What is not there matches :not() all the more
        return member instanceof CSSSelectorMemberNot
                || member instanceof CSSSelectorAttribute
                || !member.getAsCSSString(SHORT).contains(".");
    }

    private static boolean canMatch(List<CSSSelector> anyOf, Set<String> words) {
        return anyOf.stream().anyMatch(each -> canMatch(each, words));
    }

    /** Takes out the properties of one's own that nobody reads; returns how many. */
    private static int forget(ICSSTopLevelRule rule, Set<String> read) {
        if (rule instanceof CSSStyleRule style) {
            List<CSSDeclaration> unread = style.getAllDeclarations().stream()
                    .filter(each -> each.getProperty().startsWith("--") && !read.contains(each.getProperty()))
                    .toList();
            unread.forEach(style::removeDeclaration);
            return unread.size();
        }
        return rule instanceof AbstractHasTopLevelRules group
                ? group.getAllRules().stream()
                        .mapToInt(inner -> forget(inner, read))
                        .sum()
                : 0;
    }

    private static boolean isEmpty(ICSSTopLevelRule rule) {
        if (rule instanceof AbstractHasTopLevelRules group) {
            group.getAllRules().stream().filter(PatternFlySheet::isEmpty).forEach(group::removeRule);
            return !group.hasRules();
        }
        return rule instanceof CSSStyleRule style && style.getDeclarationCount() == 0;
    }

    /** What others must name for a rule to be of use. */
    private static Set<String> names(ICSSTopLevelRule rule) {
        if (rule instanceof CSSKeyframesRule frames) {
            return Set.of(frames.getAnimationName());
        }
        return rule instanceof CSSFontFaceRule font
                ? words(Objects.requireNonNull(font.getDeclarationOfPropertyName("font-family"))
                        .getExpressionAsCSSString())
                : Set.of();
    }
}
