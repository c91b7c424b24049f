from django.urls import path

from events.plan import parts, step_views, views

urlpatterns = [
    path("plans/", views.plan_list, name="plan-list"),
    path("plans/new/", views.plan_new, name="plan-new"),
    path("plans/<int:pk>/", views.plan, name="plan"),
    path("plans/<int:pk>/edit/", views.plan_edit, name="plan-edit"),
    path("plans/<int:pk>/copy/", views.plan_copy, name="plan-copy"),
    path("plans/<int:pk>/participation/", views.plan_participation, name="plan-participation"),
    path("plans/<int:pk>/themes/new/", parts.theme_new, name="theme-new"),
    path("plans/<int:pk>/themes/<int:theme_pk>/", parts.theme_edit, name="theme-edit"),
    path("plans/<int:pk>/themes/<int:theme_pk>/remove/", parts.theme_remove, name="theme-remove"),
    path("plans/<int:pk>/goals/new/", parts.goal_new, name="goal-new"),
    path("plans/<int:pk>/goals/<int:goal_pk>/", parts.goal_edit, name="goal-edit"),
    path("plans/<int:pk>/goals/<int:goal_pk>/remove/", parts.goal_remove, name="goal-remove"),
    path("plans/<int:pk>/activities/new/", parts.activity_new, name="activity-new"),
    path("plans/<int:pk>/activities/<int:activity_pk>/", parts.activity, name="activity"),
    path("plans/<int:pk>/activities/<int:activity_pk>/remove/", parts.activity_remove, name="activity-remove"),
    path("plans/<int:pk>/activities/<int:activity_pk>/steps/", step_views.step_new, name="step-new"),
    path("plans/<int:pk>/activities/<int:activity_pk>/steps/<int:step_pk>/", step_views.step, name="step"),
    path("plans/<int:pk>/activities/<int:activity_pk>/hand-over/", step_views.hand_over, name="activity-hand-over"),
]
