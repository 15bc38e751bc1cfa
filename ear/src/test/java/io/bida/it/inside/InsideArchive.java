package io.bida.it.inside;

import jakarta.servlet.http.HttpServlet;
import java.io.File;
import java.net.URISyntaxException;
import org.assertj.core.api.Assertions;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.EmptyAsset;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.JavaArchive;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/**
 * The small web application that takes a test into the server.
 *
 * <p>It depends on the classes of the deployed application instead of bringing its own copy, so a bean looked up by the
 * test is the running one.
 */
final class InsideArchive {

    private static final String STRUCTURE = """
            <jboss-deployment-structure xmlns="urn:jboss:deployment-structure:1.3">
              <deployment>
                <dependencies>
                  <module name="deployment.bida.ear"/>
                  <module name="deployment.bida.ear.bida-ejb-core.jar"/>
                </dependencies>
              </deployment>
            </jboss-deployment-structure>
            """;

    private InsideArchive() {}

    /** An archive for one test class; its name, and so its address, is that of the class. */
    static WebArchive of(Class<?> test) {
        return named(test).addAsLibrary(jarOf(Assertions.class));
    }

    /** An archive without a test, for a servlet that tests outside call; its address is the name of the class. */
    static WebArchive ofServlet(Class<? extends HttpServlet> servlet) {
        return named(servlet);
    }

    private static WebArchive named(Class<?> content) {
        return ShrinkWrap.create(WebArchive.class, content.getSimpleName() + ".war")
                .addClasses(content, RunningBeans.class)
                .addAsWebInfResource(EmptyAsset.INSTANCE, "beans.xml")
                .addAsWebInfResource(new StringAsset(STRUCTURE), "jboss-deployment-structure.xml");
    }

    private static JavaArchive jarOf(Class<?> type) {
        try {
            File jar = new File(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
            return ShrinkWrap.createFromZipFile(JavaArchive.class, jar);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
