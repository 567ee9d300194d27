"""Signing in and up by e-mail, staying signed in, and what people see of themselves."""

from typing import Any

from litestar import Request, Response, Router, get, patch, post
from litestar.openapi import ResponseSpec
from litestar.params import JSONBody

from adapters.http import problems
from adapters.http.auth import BEARER, NEEDS_TOKEN, OPEN
from adapters.http.call import Call, Given
from adapters.http.cookies import Cookies
from adapters.http.documents import BODY, KEY, SIGNED_IN, refuses
from adapters.http.limits import PASSWORD_MAIL, REGISTRATION, SIGN_IN, SIGN_IN_ACCOUNT
from adapters.http.views.accounts import (
    Credentials,
    DoctorRegistration,
    ForgottenPassword,
    Me,
    PasswordChange,
    PasswordReset,
    PatientProfile,
    PatientProfileChange,
    Registered,
    Session,
)
from scheduling_core import errors
from scheduling_core.ports.requests import RequestKey
from scheduling_core.use_cases.sessions import SignedIn


def session_response(signed_in_as: SignedIn, cookies: Cookies) -> Response[Session]:
    """The access token in the body, the refresh token in its cookie."""
    return Response(Session.of(signed_in_as), cookies=[cookies.refresh(signed_in_as.refresh_token)])


@post(
    "/doctors",
    operation_id="registerDoctor",
    summary="Register as a doctor",
    opt={"limit": REGISTRATION, "ignores_token": True},
    responses=refuses(*BODY, *KEY, errors.EmailTaken),
)
async def register(
    data: JSONBody[DoctorRegistration], request_key: Given[RequestKey | None], call: Given[Call]
) -> Registered:
    """Pending until an administrator approves; can sign in meanwhile."""
    doctor = await call.use.register_doctor(
        request_key,
        email=data.email,
        password=data.password,
        name=data.name,
        phone=data.phone,
        specialization=data.specialization,
        fee=data.fee.value(),
        time_zone=data.time_zone,
        languages=tuple(data.languages),
        qualifications=data.qualifications,
        about=data.about,
    )
    return Registered.of(doctor)


@post(
    "/sign-in",
    operation_id="signIn",
    summary="Sign in with e-mail and password",
    status_code=200,
    opt={"limit": SIGN_IN, "ignores_token": True},
    responses=refuses(*BODY, errors.BadCredentials),
)
async def sign_in_with_password(data: JSONBody[Credentials], call: Given[Call]) -> Response[Session]:
    """For doctors and administrators. An unknown e-mail and a wrong password are refused alike."""
    call.limits.spend(SIGN_IN_ACCOUNT, data.email.strip().lower())
    return session_response(await call.use.sign_in(data.email, data.password), call.cookies)


@post(
    "/refresh",
    operation_id="refreshSession",
    summary="Get a new access token",
    status_code=200,
    opt={"ignores_token": True},
    responses={
        **refuses(errors.SessionRevoked, problems.CROSS_ORIGIN),
        204: ResponseSpec(None, description="No refresh cookie came: nobody is signed in."),
    },
)
async def refresh(request: Request[Any, Any, Any], call: Given[Call]) -> Response[Session] | Response[None]:
    """By the refresh cookie, which is replaced. One that was used up before ends the whole session.

    That nobody is signed in is an answer and no error: pages ask this of everybody who opens them.
    """
    call.origins.require_own(request.headers)
    token = request.cookies.get(call.cookies.refresh_name)
    if token is None:
        return Response(None, status_code=204)
    return session_response(await call.use.refresh_session(token), call.cookies)


@post(
    "/sign-out",
    operation_id="signOut",
    summary="End the session",
    status_code=204,
    opt={"ignores_token": True},
    responses=refuses(problems.CROSS_ORIGIN),
)
async def end_session(request: Request[Any, Any, Any], call: Given[Call]) -> Response[None]:
    """Whether or not there was one."""
    call.origins.require_own(request.headers)
    await call.use.sign_out(request.cookies.get(call.cookies.refresh_name))
    return Response(None, cookies=[call.cookies.no_refresh()])


@post(
    "/password/forgotten",
    operation_id="forgotPassword",
    summary="Ask for a link to a new password",
    status_code=204,
    opt={"limit": SIGN_IN, "ignores_token": True},
    responses=refuses(*BODY),
)
async def forgotten(data: JSONBody[ForgottenPassword], call: Given[Call]) -> None:
    """For doctors and administrators. The answer is the same whether or not there is such an account."""
    call.limits.spend(PASSWORD_MAIL, data.email.strip().lower())
    await call.use.forgot_password(data.email)


@post(
    "/password/reset",
    operation_id="resetPassword",
    summary="Choose a new password by a letter's link",
    status_code=204,
    opt={"limit": SIGN_IN, "ignores_token": True},
    responses=refuses(*BODY),
)
async def reset(data: JSONBody[PasswordReset], call: Given[Call]) -> None:
    """Once, within an hour. Every session of the account ends."""
    await call.use.reset_password(data.token, data.password)


@post(
    "/me/password",
    operation_id="changePassword",
    summary="Change one's own password",
    status_code=204,
    opt={"limit": SIGN_IN},
    responses=refuses(*SIGNED_IN, *BODY, errors.NotFound, errors.Outdated),
)
async def change_password(data: JSONBody[PasswordChange], request: Request[Any, Any, Any], call: Given[Call]) -> None:
    """For doctors and administrators. Every other session of theirs ends."""
    call.limits.spend(SIGN_IN_ACCOUNT, str(call.actor.id))
    token = request.cookies.get(call.cookies.refresh_name)
    await call.use.change_password(call.actor, token, current=data.current_password, new=data.password)


@get("/me", operation_id="readMe", summary="Who is signed in", responses=refuses(*SIGNED_IN, errors.NotFound))
async def me(call: Given[Call]) -> Me:
    """The same few facts for every kind of account."""
    return Me.of(await call.use.read_me(call.actor))


@get(
    "/patient/profile",
    operation_id="readPatientProfile",
    summary="The patient's own details",
    responses=refuses(*SIGNED_IN),
)
async def profile(call: Given[Call]) -> PatientProfile:
    """For the signed-in patient."""
    return PatientProfile.of(await call.use.read_patient_profile(call.actor))


@patch(
    "/patient/profile",
    operation_id="updatePatientProfile",
    summary="Change the patient's own details",
    responses=refuses(*SIGNED_IN, *BODY, errors.Outdated),
)
async def change_profile(data: JSONBody[PatientProfileChange], call: Given[Call]) -> PatientProfile:
    """What is absent stays as it is."""
    patient = await call.use.update_patient_profile(
        call.actor, name=data.name, phone=data.phone, time_zone=data.time_zone
    )
    return PatientProfile.of(patient)


auth_router = Router(
    "/auth",
    route_handlers=[register, sign_in_with_password, refresh, end_session, forgotten, reset],
    security=OPEN,
    tags=["accounts"],
)
own_router = Router(
    "/",
    route_handlers=[me, profile, change_profile, change_password],
    opt=NEEDS_TOKEN,
    security=BEARER,
    tags=["accounts"],
)
