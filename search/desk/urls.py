"""Addresses of the desk and of signing in; part of `search.urls`, under its names."""

from django.urls import path

from search.desk import views, views_accounts, views_lists, views_searches

urlpatterns = [
    path("desk/", views.desk, name="desk"),
    path("desk/marked/", views.marked, name="marked"),
    path("desk/marked.<taken:form>", views.take_marked, name="take_marked"),
    path("desk/account.json", views.account_file, name="account_file"),
    path("desk/lists/add/", views_lists.add, name="add_to_list"),
    path("desk/lists/<int:pk>/", views_lists.list_page, name="list"),
    path("desk/lists/<int:pk>/change/", views_lists.change, name="change_list"),
    path("desk/lists/<int:pk>/put-back/", views_lists.put_back, name="put_back"),
    path("desk/lists/<int:pk>/rename/", views_lists.rename, name="rename_list"),
    path("desk/lists/<int:pk>/delete/", views_lists.delete, name="delete_list"),
    path("desk/lists/<int:pk>.<taken:form>", views_lists.take_list, name="take_list"),
    path("desk/searches/save/", views_searches.save, name="save_search"),
    path("desk/searches/<int:pk>/", views_searches.search_page, name="saved_search"),
    path("desk/searches/<int:pk>/looked/", views_searches.looked, name="looked"),
    path("desk/searches/<int:pk>/rename/", views_searches.rename, name="rename_search"),
    path("desk/searches/<int:pk>/delete/", views_searches.delete, name="delete_search"),
    path("login/", views_accounts.SignIn.as_view(), name="login"),
    path("logout/", views_accounts.SignOut.as_view(), name="logout"),
    path("password/", views_accounts.ChangePassword.as_view(), name="password"),
    path("password/changed/", views_accounts.PasswordChanged.as_view(), name="password_changed"),
]
