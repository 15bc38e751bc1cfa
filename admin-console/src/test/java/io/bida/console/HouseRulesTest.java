package io.bida.console;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import org.apache.wicket.Component;
import org.apache.wicket.markup.html.form.Button;
import org.apache.wicket.model.IModel;

/** What the console's code must not do. */
@AnalyzeClasses(packages = "io.bida.console", importOptions = DoNotIncludeTests.class)
final class HouseRulesTest {

    @ArchTest
    static final ArchRule KEEPS_NOTHING_ITSELF = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "jakarta.persistence..",
                    "org.infinispan..",
                    "org.rocksdb..",
                    "io.bida.catalogue..",
                    "io.bida.message.store..")
            .because("the console calls the same services as the API");

    @ArchTest
    static final ArchRule ASKS_ONLY_THE_INJECTED_CLOCK = noClasses()
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(Clock.class, "systemUTC");

    @ArchTest
    static final ArchRule NEVER_WRITES_TEXT_AS_MARKUP = noClasses()
            .should()
            .callMethod(Component.class, "setEscapeModelStrings", boolean.class)
            .because("names and bodies are data");

    /** These put text into the page as markup in the Wicket version in use (its XSS advisories). */
    @ArchTest
    static final ArchRule LEAVES_LEAKY_COMPONENTS_ALONE = noClasses()
            .should()
            .dependOnClassesThat()
            .haveNameMatching(".*\\.(AjaxEditableLabel|AjaxEditableMultiLineLabel|Palette|MultiLineLabel)")
            .orShould()
            .callConstructor(Button.class, String.class, IModel.class);
}
