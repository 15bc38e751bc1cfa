package io.bida.it.inside;

import io.bida.account.AccessKey;
import io.bida.account.Account;
import io.bida.account.AccountService;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Opens an account with an access key for each POST and answers its id, the key's id and the secret, a line each.
 *
 * <p>The product has no way to do this over HTTP; this servlet is in no product, only deployed beside it by tests
 * ({@link SecondAccount}).
 */
@WebServlet("/")
public class AccountOpener extends HttpServlet {

    private static final long serialVersionUID = 1L;

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        AccountService accounts = RunningBeans.bean(AccountService.class);
        Account account = accounts.openAccount("of a test");
        AccessKey key = accounts.createAccessKey(account.id());
        response.setContentType("text/plain;charset=utf-8");
        response.getWriter()
                .println(account.id().value() + "\n" + key.id() + "\n"
                        + new String(key.secret(), StandardCharsets.UTF_8));
    }
}
