package io.bida.api;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_THROW_GENERIC_EXCEPTIONS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.bida.api.signature.ByPassword;
import io.bida.api.signature.Unsigned;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.regex.Pattern;

@AnalyzeClasses(packages = "io.bida.api", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule THE_WIRE_KNOWS_NOTHING_OF_STORAGE = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "jakarta.persistence..",
                    "jakarta.transaction..",
                    "java.sql..",
                    "javax.sql..",
                    "org.infinispan..",
                    "org.jgroups..",
                    "org.rocksdb..",
                    "io.bida..store..",
                    "io.bida..lifecycle..",
                    "io.bida..timer..");

    @ArchTest
    static final ArchRule NO_CYCLES_BETWEEN_ROOMS =
            slices().matching("io.bida.api.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule XML_KNOWS_NOTHING_OF_HTTP = noClasses()
            .that()
            .resideInAPackage("io.bida.api.xml")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("jakarta.ws.rs..", "jakarta.servlet..", "io.undertow..");

    @ArchTest
    static final ArchRule NO_XML_BY_REFLECTION = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("jakarta.xml.bind..", "com.fasterxml.jackson..");

    @ArchTest
    static final ArchRule NO_REGULAR_EXPRESSIONS =
            noClasses().should().dependOnClassesThat().belongToAnyOf(Pattern.class);

    @ArchTest
    static final ArchRule RESOURCES_ARE_MADE_ONCE =
            classes().that().areAnnotatedWith(Path.class).should().beAnnotatedWith(ApplicationScoped.class);

    @ArchTest
    static final ArchRule ONLY_HEALTH_AND_WHAT_RECEIVERS_NEED_NEED_NO_SIGNATURE = classes()
            .that()
            .areAnnotatedWith(Unsigned.class)
            .should()
            .resideInAnyPackage("io.bida.api.health", "io.bida.api.notify");

    @ArchTest
    static final ArchRule ONLY_MANAGEMENT_TAKES_A_PASSWORD_IN_PLACE_OF_A_SIGNATURE =
            classes().that().areAnnotatedWith(ByPassword.class).should().resideInAPackage("io.bida.api.management");

    @ArchTest
    static final ArchRule EVERY_RESOURCE_OF_MANAGEMENT_TAKES_A_PASSWORD = classes()
            .that()
            .resideInAPackage("io.bida.api.management")
            .and()
            .areAnnotatedWith(Path.class)
            .should()
            .beAnnotatedWith(ByPassword.class);

    @ArchTest
    static final ArchRule TIME_COMES_FROM_THE_INJECTED_CLOCK = noClasses()
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(Clock.class, "systemUTC");

    @ArchTest
    static final ArchRule NO_STANDARD_STREAMS = NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;

    @ArchTest
    static final ArchRule NO_GENERIC_THROWS = NO_CLASSES_SHOULD_THROW_GENERIC_EXCEPTIONS;
}
