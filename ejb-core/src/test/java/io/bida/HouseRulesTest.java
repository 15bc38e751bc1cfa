package io.bida;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_THROW_GENERIC_EXCEPTIONS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.Date;

/** The rooms of the core and the arrows between them. */
@AnalyzeClasses(packages = "io.bida", importOptions = ImportOption.DoNotIncludeTests.class)
class HouseRulesTest {

    @ArchTest
    static final ArchRule theCoreWouldMakeSenseWithoutHttpOrABrowser = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("jakarta.ws.rs..", "jakarta.servlet..", "org.apache.wicket..", "io.bida.api..");

    @ArchTest
    static final ArchRule errorsDependOnNothingHere = dependsOnNothingHere("io.bida.error..");

    @ArchTest
    static final ArchRule limitsDependOnNothingHere = dependsOnNothingHere("io.bida.limits..");

    @ArchTest
    static final ArchRule timeDependsOnNothingHere = dependsOnNothingHere("io.bida.time..");

    @ArchTest
    static final ArchRule theCatalogueKnowsNoFeature = noClasses()
            .that()
            .resideInAPackage("io.bida.catalogue..")
            .should()
            .dependOnClassesThat(resideInAPackage("io.bida..")
                    .and(resideOutsideOfPackage("io.bida.catalogue.."))
                    .and(resideOutsideOfPackage("io.bida.error.."))
                    .and(resideOutsideOfPackage("io.bida.limits..")));

    @ArchTest
    static final ArchRule accountsKnowNothingOfWhatTheyOwn = noClasses()
            .that()
            .resideInAPackage("io.bida.account..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.bida.queue..",
                    "io.bida.message..",
                    "io.bida.deadletter..",
                    "io.bida.topic..",
                    "io.bida.notify..",
                    "io.bida.metering..",
                    "io.bida.start..");

    @ArchTest
    static final ArchRule queuesKnowNothingOfMessagesAndTopics = noClasses()
            .that()
            .resideInAPackage("io.bida.queue..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.bida.message..",
                    "io.bida.deadletter..",
                    "io.bida.topic..",
                    "io.bida.notify..",
                    "io.bida.start..");

    @ArchTest
    static final ArchRule messagesKnowNothingOfDeadLettersAndTopics = noClasses()
            .that()
            .resideInAPackage("io.bida.message..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.bida.deadletter..", "io.bida.topic..", "io.bida.notify..", "io.bida.start..");

    @ArchTest
    static final ArchRule topicsKnowNothingOfNotification = noClasses()
            .that()
            .resideInAPackage("io.bida.topic..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.bida.notify..")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule messagesNeverTouchTheDatabase = noClasses()
            .that()
            .resideInAPackage("io.bida.message..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("jakarta.persistence..", "java.sql..", "javax.sql..", "io.bida.catalogue..");

    @ArchTest
    static final ArchRule theLifeOfAMessageIsPlainJava = noClasses()
            .that()
            .resideInAPackage("io.bida.message.lifecycle..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "jakarta..", "org.infinispan..", "org.jgroups..", "org.rocksdb..", "org.jboss.logging..")
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(Clock.class)
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule roomsAreFreeOfCycles =
            slices().matching("io.bida.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule onlyTheRoomOfTimeReadsTheWallClock = noClasses()
            .that()
            .resideOutsideOfPackage("io.bida.time..")
            .should()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(LocalDate.class, "now")
            .orShould()
            .callMethod(LocalDateTime.class, "now")
            .orShould()
            .callMethod(OffsetDateTime.class, "now")
            .orShould()
            .callMethod(ZonedDateTime.class, "now")
            .orShould()
            .callMethod(Clock.class, "systemUTC")
            .orShould()
            .callMethod(Clock.class, "systemDefaultZone")
            .orShould()
            .callConstructor(Date.class);

    @ArchTest
    static final ArchRule logsGoToTheLog = NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;

    @ArchTest
    static final ArchRule oneLoggingInterface = NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;

    @ArchTest
    static final ArchRule exceptionsSayWhatIsWrong = NO_CLASSES_SHOULD_THROW_GENERIC_EXCEPTIONS;

    @ArchTest
    static final ArchRule roomsAreNamedForFeatures = noClasses()
            .should()
            .resideInAnyPackage("..util..", "..common..", "..misc..", "..manager..", "..impl..", "..dto..");

    @ArchTest
    static final ArchRule classesAreNamedForWhatTheyAre = noClasses()
            .should()
            .haveSimpleNameEndingWith("Impl")
            .orShould()
            .haveSimpleNameStartingWith("Default")
            .orShould()
            .haveSimpleNameStartingWith("Abstract");

    private static ArchRule dependsOnNothingHere(String room) {
        return noClasses()
                .that()
                .resideInAPackage(room)
                .should()
                .dependOnClassesThat(resideInAPackage("io.bida..").and(resideOutsideOfPackage(room)));
    }
}
